package tokenly.relay;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Relays between the peers of a room as one would write it in an afternoon: the first message of a peer names its room and is
 * answered, every other one goes to all others in it. Nothing is kept, numbered, acknowledged or checked.
 */
@ServerEndpoint("/rtc")
public class PlainRelay {

    private static final ConcurrentMap<String, List<PlainRelay>> ROOMS = new ConcurrentHashMap<>();

    private final Queue<String> unsent = new ArrayDeque<>(); // guarded by this, like the next one
    private boolean isSending;
    private @Nullable Session session; // set by open, before any other call
    private @Nullable String room; // set by the first message

    @OnOpen
    public void open(Session session) {
        this.session = session;
    }

    @OnMessage
    public void text(String text) {
        if (room == null) {
            room = text;
            ROOMS.compute(text, (name, peers) -> {
                List<PlainRelay> all = peers == null ? new CopyOnWriteArrayList<>() : peers;
                all.add(this);
                return all;
            });
            send("joined");
            return;
        }
        for (PlainRelay peer : ROOMS.getOrDefault(room, List.of())) {
            if (peer != this) {
                peer.send(text);
            }
        }
    }

    @OnClose
    public void close() {
        if (room != null) {
            ROOMS.computeIfPresent(room, (name, peers) -> {
                peers.remove(this);
                return peers.isEmpty() ? null : peers;
            });
        }
    }

    /** One at a time, as the specification asks for. */
    private void send(String text) {
        synchronized (this) {
            unsent.add(text);
            if (isSending) {
                return;
            }
            isSending = true;
        }
        sendNext();
    }

    private void sendNext() {
        String next;
        synchronized (this) {
            next = unsent.poll();
            isSending = next != null;
        }
        if (next != null && session != null) {
            session.getAsyncRemote().sendText(next, result -> sendNext());
        }
    }
}
