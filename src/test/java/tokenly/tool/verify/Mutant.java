package tokenly.tool.verify;

import java.util.List;
import java.util.Set;

/**
 * A Tokenly in which a protection is switched off on purpose.
 *
 * @param faults that the protection is against, as {@code --faults} takes them
 * @param rules of which at least one must be found broken; none if all must hold
 */
record Mutant(String name, List<Patch> patches, String faults, Set<String> rules) {

    @Override
    public String toString() {
        return name;
    }
}
