package tokenly.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a peer is told, a line for each call. */
final class Notes implements PeerListener {

    private final List<String> lines = new ArrayList<>();

    /** All lines since the last call. */
    List<String> taken() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void signal(Delivery delivery) {
        lines.add(delivery.seq() + " " + delivery.from() + " " + delivery.fields());
    }

    @Override
    public void created(List<String> peers) {
        lines.add("created " + peers);
    }

    @Override
    public void joined(String peer) {
        lines.add("joined " + peer);
    }

    @Override
    public void away(String peer) {
        lines.add("away " + peer);
    }

    @Override
    public void back(String peer) {
        lines.add("back " + peer);
    }

    @Override
    public void restarted(String peer, String reason) {
        lines.add("restarted " + peer + " " + reason);
    }

    @Override
    public void left(String peer, String reason) {
        lines.add("left " + peer + " " + reason);
    }

    @Override
    public void undeliverable(@Nullable String to, List<Long> seqs, String reason) {
        lines.add("undeliverable " + to + " " + seqs + " " + reason);
    }

    @Override
    public void resumed(long received, long last, int resent) {
        lines.add("resumed " + received + " " + last + " " + resent);
    }

    @Override
    public void lost(String epoch, long first, long last) {
        lines.add("lost " + epoch + " " + first + " to " + last);
    }

    @Override
    public void reset(String reason, List<String> peers) {
        lines.add("reset " + reason + " " + peers);
    }

    @Override
    public void ended(String reason) {
        lines.add("ended " + reason);
    }

    @Override
    public void takenOver() {
        lines.add("taken over");
    }
}
