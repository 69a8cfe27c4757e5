package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.protocol.ErrorCode;

/**
 * All sessions of a client: has them created and resumed on each new connection, and hands each frame to the one it is about.
 * Belongs to the client's thread.
 */
final class Sessions implements ConnectionListener {

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    final Ports ports;
    private final ClientListener listener;
    private final String instance;
    private final Connection connection;
    private final Acks acks;
    private final RetryPause pause;
    private final Keys keys;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private @Nullable ResumeRound round; // of the current connection, until it is reported

    Sessions(Ports ports, ClientOptions options, String instance) {
        this.ports = ports;
        this.listener = options.listener();
        this.instance = instance;
        this.connection = new Connection(ports, options, this);
        this.acks = new Acks(ports.timer(), connection);
        this.pause = new RetryPause(ports.timer());
        KeyStorage storage = options.keys();
        this.keys = new Keys(storage == null ? KeyStorage.memory() : storage, ports.random());
    }

    Connection connection() {
        return connection;
    }

    /** Enters a session. */
    void add(PeerRequest request) {
        Optional<TokenlyException> refusal = sessions.containsKey(request.sessionId())
                ? Optional.of(TokenlyException.sessionExists())
                : connection.status().refusal();
        if (refusal.isPresent()) {
            request.ready().completeExceptionally(refusal.get());
            return;
        }
        Session session = new Session(request, this);
        sessions.put(session.id(), session);
        if (connection.status().isOpen()) {
            session.sendAgain();
        }
        connection.wake();
    }

    @Override
    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** Why what needs a connection fails at once; empty as long as there is one, or will be. */
    Optional<TokenlyException> refusal() {
        return connection.status().refusal();
    }

    @Override
    public void opened() {
        List<Session> away = those(Session::isToBeResumed);
        if (!away.isEmpty()) {
            List<String> frames = resumeFrames(away);
            round = new ResumeRound(
                    connection.status().attempt(), frames.size(), ports.timer().now(), away);
            frames.forEach(connection::send);
        }
        those(Session::isToBeCreated).forEach(this::create);
    }

    @Override
    public void lost() {
        round = null;
        acks.clear();
        pause.clear();
        sessions.values().forEach(Session::lost);
    }

    @Override
    public void gaveUp(TokenlyException failure) {
        List.copyOf(sessions.values()).forEach(session -> session.gaveUp(failure));
    }

    @Override
    public Map<String, Runnable> leave() {
        String server = connection.server();
        Map<String, Runnable> held = new LinkedHashMap<>();
        sessions.forEach((id, session) -> held.put(id, () -> session.identity().forgetKey(keys, server)));
        return held;
    }

    @Override
    public void stopped(TokenlyException why) {
        List.copyOf(sessions.values()).forEach(session -> session.stopped(why));
    }

    @Override
    public void frame(String type, JsonObject frame) {
        if (type.equals("ack")) {
            acknowledged(frame);
            return;
        }
        boolean isOfAny =
                frame.get("session_id").isEmpty() && Fields.errorName(frame).equals(ErrorCode.RATE_LIMITED.wireName());
        if (isOfAny) {
            List.copyOf(sessions.values()).forEach(session -> session.answers().error(frame));
            return;
        }
        Session session = frame.text("session_id").map(sessions::get).orElse(null);
        if (session == null) {
            boolean isOfOneThatWasHeld = frame.text("session_id").isPresent(); // and has ended meanwhile
            LOG.log(
                    frame.get("code").isPresent() && !isOfOneThatWasHeld ? Level.WARNING : Level.DEBUG,
                    "{0} about no session that is held: {1}",
                    type,
                    frame.text("code").orElse(""));
            return;
        }
        switch (type) {
            case "peer-created" -> session.answers().created(frame);
            case "resumed" -> resumed(session, frame);
            case "ice-servers" -> session.answers().iceServers().take(frame);
            case "peer-destroyed" -> session.destroyed();
            case "taken-over" -> session.takenOver();
            case "error" -> session.answers().error(frame);
            default -> session.message(type, frame);
        }
    }

    private void acknowledged(JsonObject frame) {
        JsonObject received = Fields.object(frame, "received");
        received.members().forEach((id, value) -> {
            Session session = sessions.get(id);
            OptionalLong seq = value instanceof Json.Numeral number ? JsonObject.whole(number) : OptionalLong.empty();
            if (session != null && seq.isPresent()) {
                session.answers().acknowledged(seq.getAsLong());
            }
        });
    }

    private void resumed(Session session, JsonObject frame) {
        session.answers().resumed(frame).ifPresent(outcome -> settle(session, outcome));
    }

    /** @param outcome null if it has ended instead */
    private void settle(Session session, ResumeRound.@Nullable Outcome outcome) {
        if (round != null) {
            round.outcome(session, outcome, ports.timer().now()).ifPresent(report -> {
                round = null;
                SafeCall.call("the client", () -> listener.resumed(report));
            });
        }
    }

    private List<Session> those(Predicate<Session> which) {
        return new ArrayList<>(sessions.values().stream().filter(which).toList());
    }

    private List<String> resumeFrames(List<Session> away) {
        List<Credentials> credentials = away.stream().map(Session::credentials).toList();
        return Frames.resume(credentials, instance, connection.status().attempt(), frameBytes());
    }

    /** Asks the server for sessions. */
    void resume(List<Session> away) {
        resumeFrames(away).forEach(connection::send);
    }

    /** Asks the server to create a session. */
    void create(Session session) {
        try {
            session.identity().keepKey(keys, connection.server());
        } catch (TokenlyException failed) {
            session.end(failed.code(), failed);
            return;
        }
        connection.send(Frames.createPeer(
                session.credentials(), instance, connection.status().attempt()));
    }

    /** The server has confirmed its end. */
    void forgetKey(Session session) {
        session.identity().forgetKey(keys, connection.server());
    }

    void send(String frame) {
        connection.send(frame);
    }

    int frameBytes() {
        return connection.policy().frameBytes();
    }

    void owe(Session session) {
        acks.owe(session);
    }

    /** It sends nothing for as long as the server has asked, or for a while. */
    void pause(Session session, Optional<Duration> asked) {
        pause.begin(session, asked);
    }

    /** The current connection holds it. */
    void attached(Session session) {
        session.identity().keepKey(keys, connection.server());
        pause.relax(session);
        connection.succeeded();
    }

    /** The server has taken something of it. */
    void relax(Session session) {
        pause.relax(session);
    }

    boolean isPaused(Session session) {
        return pause.holds(session);
    }

    /** It owes nothing, and waits for nothing. */
    void forget(Session session) {
        acks.forget(session);
        pause.forget(session);
    }

    /** It has ended. */
    void remove(Session session) {
        sessions.remove(session.id(), session);
        forget(session);
        relax(session);
        settle(session, null);
    }
}
