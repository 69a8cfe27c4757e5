package tokenly.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/**
 * The server's side of the protocol, as small as it can be, for one room. Now and then it is busy. It knows no plain clients,
 * and no bounds.
 */
final class ModelServer {

    private final Random random;
    private final Map<String, Held> sessions = new LinkedHashMap<>();
    private final Set<Held> unacknowledged = new HashSet<>();
    private int epochs;
    private boolean wentBack;
    double busyShare;

    /** Whether it asks for a token, which expires now and then. */
    boolean asksForTokens;

    private final Map<Wire, Integer> tokens = new HashMap<>(); // the number of the last on each

    /** Whether it trusts its store, whatever a client knows. */
    boolean isOld;

    /** A session; whoever holds it, holds it by {@code wire}. */
    static final class Held {
        final String id;
        final JsonObject claim;
        String epoch = "";
        long attempt;

        @Nullable
        Wire wire;

        long cursor;
        long last;
        long lastAtStart = Long.MAX_VALUE; // where the mailbox ended at the first start since its client was there
        long trimmed;
        final Map<Long, JsonObject> mailbox = new LinkedHashMap<>();

        Held(String id, JsonObject claim) {
            this.id = id;
            this.claim = claim;
        }

        /** Names its owner: whoever has its key. */
        String incarnation() {
            return "owner of " + claim.text("key").orElseThrow();
        }

        /** As a restart finds it. */
        Held restored() {
            Held copy = new Held(id, claim);
            copy.epoch = epoch;
            copy.attempt = attempt;
            copy.cursor = cursor;
            copy.last = last;
            copy.lastAtStart = Math.min(last, lastAtStart);
            copy.trimmed = trimmed;
            copy.mailbox.putAll(mailbox);
            return copy;
        }
    }

    /** A connection as the server sees it. */
    interface Wire {
        void say(JsonObject frame);

        void hangUp(int code);
    }

    ModelServer(Random random) {
        this.random = random;
    }

    void accept(Wire wire) {
        JsonObject welcome = JsonObject.parse(Scene.WELCOME.replace('\'', '"'));
        wire.say(
                asksForTokens
                        ? welcome.with("token", "required")
                                .with("features", new Json.Array(List.of(new Json.Text("auth"))))
                        : welcome);
    }

    void lost(Wire wire) {
        tokens.remove(wire);
        for (Held held : sessions.values()) {
            if (held.wire == wire) {
                held.wire = null;
                tellOthers(held, "peer-away");
            }
        }
    }

    /** It is killed, and begins anew with nothing. */
    void forgetAll() {
        sessions.clear();
        tokens.clear();
        unacknowledged.clear();
    }

    /** What its store holds now. */
    List<Held> snapshot() {
        return sessions.values().stream().map(Held::restored).toList();
    }

    /** It is killed, and starts again with a store of before. */
    void goBack(List<Held> snapshot) {
        forgetAll();
        snapshot.forEach(held -> sessions.put(held.id, held.restored()));
        wentBack = true;
    }

    boolean holdsNothingBack() {
        return unacknowledged.isEmpty()
                && sessions.values().stream().allMatch(held -> held.wire != null && held.mailbox.isEmpty());
    }

    /** Sends the acks that are due. */
    void acknowledge() {
        for (Held held : List.copyOf(unacknowledged)) {
            if (held.wire != null) {
                held.wire.say(frame("ack").with("received", JsonObject.EMPTY.with(held.id, held.cursor)));
            }
        }
        unacknowledged.clear();
    }

    /** The token of a connection expires soon, or has expired. */
    void expire() {
        List<Wire> shown = List.copyOf(tokens.keySet());
        if (shown.isEmpty()) {
            return;
        }
        Wire wire = shown.get(random.nextInt(shown.size()));
        if (random.nextBoolean()) {
            wire.say(frame("token-expiring").with("expires_in_ms", 30_000));
        } else {
            tokens.remove(wire);
            lost(wire);
            wire.hangUp(4001);
        }
    }

    private void authenticate(Wire wire, JsonObject frame) {
        int number = Integer.parseInt(text(frame, "token"));
        if (number <= tokens.getOrDefault(wire, 0)) {
            throw new AssertionError("a token that was shown before");
        }
        tokens.put(wire, number);
        wire.say(frame("authenticated").with("sub", "a").with("expires_in_ms", 60_000));
    }

    void receive(Wire wire, JsonObject frame) {
        if (asksForTokens && !tokens.containsKey(wire) && !text(frame, "type").equals("auth")) {
            throw new AssertionError("before a token was shown: " + frame);
        }
        switch (text(frame, "type")) {
            case "auth" -> authenticate(wire, frame);
            case "create-peer" -> create(wire, frame);
            case "resume" ->
                frame.array("sessions").orElseThrow().forEach(item -> resume(wire, frame, (JsonObject) item));
            case "ack" -> frame.object("received").orElseThrow().members().forEach((id, seq) -> trim(wire, id, seq));
            case "ping" -> wire.say(frame("pong"));
            default -> signal(wire, frame);
        }
    }

    private void create(Wire wire, JsonObject frame) {
        String id = text(frame, "session_id");
        long attempt = whole(frame, "attempt");
        Held held = sessions.get(id);
        if (isBusy()) {
            wire.say(error(id, "busy"));
            return;
        }
        if (held == null) {
            held = new Held(id, claim(frame));
            held.epoch = "e" + ++epochs;
            sessions.put(id, held);
            tellOthers(held, "peer-joined");
        } else if (!held.claim.equals(claim(frame))) {
            throw new AssertionError("another key or instance for " + id);
        } else if (attempt < held.attempt) {
            wire.hangUp(4009);
            return;
        } else if (held.trimmed > 0 || held.cursor > 0) {
            throw new AssertionError(id + " is created again though it was in use");
        }
        attach(held, wire, attempt);
        wire.say(frame("peer-created")
                .with("session_id", id)
                .with("success", true)
                .with("epoch", held.epoch)
                .with("peers", new Json.Array(others(held)))
                .with("incarnations", new Json.Array(incarnations(held))));
        replay(held);
    }

    private void resume(Wire wire, JsonObject frame, JsonObject item) {
        String id = text(item, "session_id");
        long attempt = whole(frame, "attempt");
        Held held = sessions.get(id);
        JsonObject answer = frame("resumed").with("session_id", id);
        if (held == null) {
            wire.say(answer.with("outcome", "gone").with("reason", "unknown-session"));
            return;
        }
        if (attempt < held.attempt) {
            wire.hangUp(4009);
            return;
        }
        Optional<String> misfit = misfit(held, item);
        if (misfit.isPresent()) {
            reset(held, wire, attempt, misfit.get());
            return;
        }
        long received = whole(item, "received");
        attach(held, wire, attempt);
        trim(held, received);
        wire.say(answer.with("outcome", "resumed")
                .with("epoch", held.epoch)
                .with("received", held.cursor)
                .with("last", held.last));
        tellOthers(held, "peer-back");
        replay(held);
    }

    /** Why it cannot go on; there is no reason while the store has not gone back. */
    private Optional<String> misfit(Held held, JsonObject item) {
        long received = whole(item, "received");
        Optional<String> reason = Optional.empty();
        if (!text(item, "epoch").equals(held.epoch)) {
            reason = Optional.of("epoch");
        } else if (received > Math.min(held.last, held.lastAtStart) || whole(item, "acked") > held.cursor) {
            reason = Optional.of("store-went-back");
        } else if (received < held.trimmed || whole(item, "sent") < held.cursor) {
            throw new AssertionError("the client of " + held.id + " is behind: " + item);
        }
        if (reason.isPresent() && !wentBack) {
            throw new AssertionError("the client of " + held.id + " is not where the server has it: " + item);
        }
        return isOld ? reason.filter("epoch"::equals) : reason;
    }

    private void reset(Held held, Wire wire, long attempt, String reason) {
        JsonObject answer = frame("resumed")
                .with("session_id", held.id)
                .with("outcome", "reset")
                .with("reason", reason);
        JsonObject named = reason.equals("epoch") ? answer : answer.with("received", held.cursor);
        held.epoch = "e" + ++epochs;
        held.cursor = 0;
        held.last = 0;
        held.trimmed = 0;
        held.mailbox.clear();
        attach(held, wire, attempt);
        wire.say(named.with("epoch", held.epoch)
                .with("peers", new Json.Array(others(held)))
                .with("incarnations", new Json.Array(incarnations(held))));
        tellOthers(held, frame("peer-restarted").with("reason", reason));
    }

    private static void attach(Held held, Wire wire, long attempt) {
        held.wire = wire;
        held.attempt = attempt;
        held.lastAtStart = Long.MAX_VALUE;
    }

    private void replay(Held held) {
        Wire wire = held.wire;
        if (wire != null) {
            held.mailbox.values().forEach(wire::say);
        }
    }

    private void trim(Wire wire, String id, Json seq) {
        Held held = sessions.get(id);
        long received = JsonObject.whole((Json.Numeral) seq).orElseThrow();
        if (held == null || held.wire != wire) {
            return;
        }
        if (received > held.last) {
            throw new AssertionError(id + " acknowledges what it never got");
        }
        trim(held, received);
    }

    private static void trim(Held held, long received) {
        held.trimmed = Math.max(held.trimmed, received);
        held.mailbox.keySet().removeIf(seq -> seq <= received);
    }

    private void signal(Wire wire, JsonObject frame) {
        String id = text(frame, "session_id");
        Held held = sessions.get(id);
        long seq = whole(frame, "seq");
        if (held == null || held.wire != wire) {
            wire.say(error(id, "unknown-session"));
        } else if (seq > held.cursor + 1) {
            wire.say(error(id, "seq-gap").with("received", held.cursor));
        } else if (seq == held.cursor + 1 && isBusy()) {
            wire.say(error(id, random.nextBoolean() ? "busy" : "store-failed"));
        } else {
            if (seq == held.cursor + 1) {
                held.cursor = seq;
                relay(held, frame);
            }
            unacknowledged.add(held);
        }
    }

    private void relay(Held from, JsonObject frame) {
        JsonObject relayed = frame.with("from", from.id)
                .with("source", JsonObject.EMPTY.with("epoch", from.epoch).with("seq", from.cursor));
        for (Held other : sessions.values()) {
            frame.text("to_incarnation")
                    .filter(meant ->
                            frame.text("to").map(other.id::equals).orElse(false) && !meant.equals(other.incarnation()))
                    .ifPresent(wrong -> {
                        throw new AssertionError("for another owner: " + frame);
                    });
            boolean isAddressed = frame.text("to").map(other.id::equals).orElse(other != from);
            if (isAddressed) {
                append(other, relayed);
            }
        }
    }

    private void tellOthers(Held about, String type) {
        tellOthers(about, frame(type));
    }

    private void tellOthers(Held about, JsonObject what) {
        sessions.values().stream()
                .filter(other -> other != about)
                .forEach(other -> append(other, what.with("peer", about.id).with("incarnation", about.incarnation())));
    }

    private static void append(Held held, JsonObject message) {
        JsonObject numbered = message.with("session_id", held.id).with("seq", ++held.last);
        held.mailbox.put(held.last, numbered);
        if (held.wire != null) {
            held.wire.say(numbered);
        }
    }

    private List<Json> others(Held held) {
        List<Json> ids = new ArrayList<>();
        sessions.keySet().stream().filter(id -> !id.equals(held.id)).forEach(id -> ids.add(new Json.Text(id)));
        return ids;
    }

    private List<Json> incarnations(Held held) {
        return sessions.values().stream()
                .filter(other -> other != held)
                .<Json>map(other -> new Json.Text(other.incarnation()))
                .toList();
    }

    private boolean isBusy() {
        return random.nextDouble() < busyShare;
    }

    private static JsonObject claim(JsonObject frame) {
        return JsonObject.EMPTY.with("key", text(frame, "resume_key")).with("instance", text(frame, "instance"));
    }

    private static JsonObject frame(String type) {
        return JsonObject.EMPTY.with("type", type);
    }

    private static JsonObject error(String id, String code) {
        return frame("error").with("session_id", id).with("code", code).with("message", "");
    }

    private static String text(JsonObject frame, String name) {
        return frame.text(name).orElseThrow();
    }

    private static long whole(JsonObject frame, String name) {
        return frame.whole(name).orElseThrow();
    }
}
