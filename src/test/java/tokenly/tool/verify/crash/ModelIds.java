package tokenly.tool.verify.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tokenly.session.Epoch;
import tokenly.session.KeyHash;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.tool.verify.history.Topology;

/** What the model calls those who are numbers in a history, and back. */
final class ModelIds {

    private static final int KEY_LENGTH = 43;

    /** Texts differ in length, so that records end at other places of a file. */
    private static final int LONGEST_FILL = 97;

    private final Topology topology;
    private final Map<Epoch, Integer> epochs = new HashMap<>();

    ModelIds(Topology topology) {
        this.topology = topology;
    }

    /** A signal by whom it is from. */
    record Sent(int instance, long number) {}

    SessionId id(int session) {
        return new SessionId("s" + session);
    }

    SessionId idOfInstance(int instance) {
        return id(topology.session(instance));
    }

    RoomId roomOfInstance(int instance) {
        return new RoomId("room" + topology.room(topology.session(instance)));
    }

    KeyHash keyOfInstance(int instance) {
        String id = idOfInstance(instance).value();
        return new KeyHash(id + "k".repeat(KEY_LENGTH - id.length()));
    }

    int session(SessionId id) {
        return Integer.parseInt(id.value().substring(1));
    }

    /** 1 for the first epoch that anybody is given, one more for each other one. */
    int number(Epoch epoch) {
        return epochs.computeIfAbsent(epoch, first -> epochs.size() + 1);
    }

    /** The text of signal {@code number} of {@code instance}, which nobody else sends. */
    static String text(int instance, long number) {
        return instance + " " + number + " " + "x".repeat((int) (number * 31 % LONGEST_FILL));
    }

    /** Whose signal that text is; nothing if {@code from} has no instance that could have sent it. */
    Optional<Sent> find(String text, SessionId from) {
        String[] words = text.split(" ", 3);
        Sent sent = new Sent(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        boolean isAsSent = text.equals(text(sent.instance(), sent.number()))
                && idOfInstance(sent.instance()).equals(from);
        return isAsSent ? Optional.of(sent) : Optional.empty();
    }
}
