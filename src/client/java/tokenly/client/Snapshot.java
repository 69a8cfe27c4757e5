package tokenly.client;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tokenly.client.json.JsonObject;

/**
 * Who is in a room at one moment, as {@code peer-created} and {@code resumed} tell it.
 *
 * @param last number of the mailbox message after which they are: what it and those before it say about peers is older
 * @param peers all others
 * @param incarnations of each of them, in the same order; empty ones where an older server does not name them
 * @param away those of them that are away
 * @param last number of the mailbox message after which they are: what it and those before it say about peers is older
 */
record Snapshot(List<String> peers, List<String> incarnations, Set<String> away, long last) {

    /** A peer of it. */
    @FunctionalInterface
    interface Step {
        void accept(String peer, String incarnation, boolean isAway);
    }

    /** @throws ServerFault if there are no {@code peers}, or not as many incarnations as peers */
    static Snapshot of(JsonObject frame) {
        List<String> peers = Fields.texts(frame, "peers");
        List<String> incarnations = frame.get("incarnations").isEmpty()
                ? Collections.nCopies(peers.size(), "")
                : Fields.texts(frame, "incarnations");
        if (incarnations.size() != peers.size()) {
            throw new ServerFault(peers.size() + " peers have " + incarnations.size() + " incarnations");
        }
        List<String> away = frame.get("away").isEmpty() ? List.of() : Fields.texts(frame, "away");
        return new Snapshot(
                peers,
                incarnations,
                Set.copyOf(new HashSet<>(away)),
                frame.whole("last").orElse(0));
    }

    /** The same, if the frame has one. */
    static Optional<Snapshot> find(JsonObject frame) {
        return frame.get("peers").isEmpty() ? Optional.empty() : Optional.of(of(frame));
    }

    void each(Step step) {
        for (int i = 0; i < peers.size(); i++) {
            step.accept(peers.get(i), incarnations.get(i), away.contains(peers.get(i)));
        }
    }
}
