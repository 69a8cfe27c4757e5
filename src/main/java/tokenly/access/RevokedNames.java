package tokenly.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A list of what is revoked. Immutable.
 *
 * @param badLines numbers of the first lines that could not be read, from 1 on; at most {@value #MAX_BAD_LINES}
 */
record RevokedNames(Set<String> subjects, Set<String> tokenIds, List<Integer> badLines) {

    static final RevokedNames NONE = new RevokedNames(Set.of(), Set.of(), List.of());

    private static final int MAX_BAD_LINES = 10;

    RevokedNames {
        subjects = Set.copyOf(subjects);
        tokenIds = Set.copyOf(tokenIds);
        badLines = List.copyOf(badLines);
    }

    /** Reads lines such as {@code sub alice} and {@code jti 123}; empty ones and ones that begin with # are comments. */
    static RevokedNames parse(String[] lines) {
        Set<String> subjects = new HashSet<>();
        Set<String> tokenIds = new HashSet<>();
        List<Integer> badLines = new ArrayList<>();
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1].strip();
            if (line.startsWith("sub ")) {
                subjects.add(line.substring(4).strip());
            } else if (line.startsWith("jti ")) {
                tokenIds.add(line.substring(4).strip());
            } else if (!line.isEmpty() && !line.startsWith("#") && badLines.size() < MAX_BAD_LINES) {
                badLines.add(number);
            }
        }
        return new RevokedNames(subjects, tokenIds, badLines);
    }

    boolean contains(Identity identity) {
        String tokenId = identity.tokenId();
        return subjects.contains(identity.subject()) || (tokenId != null && tokenIds.contains(tokenId));
    }

    int size() {
        return subjects.size() + tokenIds.size();
    }
}
