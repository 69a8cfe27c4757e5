package tokenly.tool.verify.clients;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tokenly.client.Client;
import tokenly.client.ClientOptions;
import tokenly.client.ClientState;
import tokenly.client.Peer;
import tokenly.tool.Polling;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Topology;

/**
 * All clients of a run. The sessions of group 0 share one client, as behind a gateway; each other session has its own.
 * Thread-safe.
 */
public final class ClientFleet implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Most rooms of one crowd, which has a thread for each visitor. */
    private static final int CROWDED_ROOMS = 5;

    private final History history;
    private final Recorder recorder;
    private final Routes routes;
    private final RunIds names;
    private final Epochs epochs = new Epochs();
    private final List<List<ClientInstance>> members =
            new ArrayList<>(); // by session, the newest last; each list is thread-safe
    private final Collection<Client> clients =
            new ConcurrentLinkedQueue<>(); // all, those that were taken over included

    /**
     * No client is connected yet.
     *
     * @param run names the sessions and rooms
     */
    public ClientFleet(History history, Recorder recorder, Routes routes, String run) {
        this.history = history;
        this.recorder = recorder;
        this.routes = routes;
        this.names = new RunIds(run);
    }

    /**
     * All connect and create their sessions.
     *
     * @throws IllegalStateException if that takes too long
     */
    public void enter() {
        Topology topology = history.topology();
        Tap gatewayTap = new Tap(recorder, epochs);
        Client gateway = connect(0, gatewayTap);
        for (int session = 0; session < topology.sessions(); session++) {
            boolean isBehindGateway = history.schedule().group(session) == 0;
            Tap tap = isBehindGateway ? gatewayTap : new Tap(recorder, epochs);
            Client client =
                    isBehindGateway ? gateway : connect(history.schedule().group(session), tap);
            ClientProgram program = new ClientProgram(session, topology, names, recorder);
            tap.add(names.sessionId(session), program);
            members.add(new CopyOnWriteArrayList<>(List.of(new ClientInstance(program, client))));
            begin(program, client.createPeer(names.sessionId(session), roomId(session), program));
        }
        if (!Polling.until(
                LIMIT, () -> current().allMatch(member -> member.program().isOn()))) {
            throw new IllegalStateException("not all sessions could be created in " + LIMIT.toSeconds() + " s");
        }
    }

    private Client connect(int group, Tap tap) {
        ClientOptions options = routes.token()
                .on(ClientOptions.of(routes.ofGroup().apply(group)))
                .withListener(tap)
                .withFrames(tap)
                .withOutbox(history.terms().unacknowledged(), Long.MAX_VALUE);
        Client client = Client.connect(options);
        clients.add(client);
        return client;
    }

    private static void begin(ClientProgram program, CompletionStage<Peer> peer) {
        peer.thenAccept(program::begin);
    }

    private Stream<ClientInstance> current() {
        return IntStream.range(0, members.size()).mapToObj(this::member);
    }

    /**
     * Who has {@code session}, or is about to. That is the newest instance, unless the server has forgotten that this took
     * the session over, and an older one came back last.
     */
    private ClientInstance member(int session) {
        List<ClientInstance> all = members.get(session);
        ClientInstance newest = all.get(all.size() - 1);
        return all.stream()
                .filter(member -> !member.program().isOver())
                .reduce((older, newer) -> newer)
                .orElse(newest);
    }

    /** The program that has {@code session}. */
    ClientProgram program(int session) {
        return member(session).program();
    }

    /** The clients of {@code sessions}, each once. */
    public List<Client> clients(Collection<Integer> sessions) {
        return sessions.stream()
                .map(session -> member(session).client())
                .distinct()
                .toList();
    }

    /** Another instance takes {@code session} over, if its instance has it. */
    public void takeOver(int session) {
        ClientProgram before = program(session);
        if (before.isOn()) {
            before.peer().ifPresent(peer -> {
                ClientInstance next = addInstance(session); // at once: who has the key is part of its owner
                peer.credentials()
                        .thenAccept(credentials ->
                                begin(next.program(), next.client().takeOver(credentials, next.program())));
            });
        }
    }

    /**
     * The owner of {@code session} leaves it, and then another client, with a key of its own, creates one of that name. The owner is
     * every instance with the key that may still ask for the session: one that was cut off, and has not been told that it is taken over,
     * takes it back when it returns, or creates it anew; and to another key the name is then in use.
     */
    public void changeOwner(int session) {
        if (program(session).isOn()) {
            List<CompletableFuture<Boolean>> leaving = members.get(session).stream()
                    .map(ClientInstance::program)
                    .filter(program -> !program.isOver())
                    .map(program -> program.leave().toCompletableFuture())
                    .toList();
            allOf(leaving).thenRun(() -> {
                if (leaving.stream().anyMatch(CompletableFuture::join)) {
                    createAnew(session);
                }
            });
        }
    }

    private void createAnew(int session) {
        ClientInstance next = addInstance(session);
        begin(next.program(), next.client().createPeer(names.sessionId(session), roomId(session), next.program()));
    }

    private static CompletionStage<?> allOf(List<? extends CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    private String roomId(int session) {
        return names.roomId(history.topology().room(session));
    }

    /** One with a client of its own, which does not ask for the session yet. */
    private ClientInstance addInstance(int session) {
        Topology topology = history.topology();
        Tap tap = new Tap(recorder, epochs);
        ClientProgram program = new ClientProgram(topology.addInstance(session), topology, names, recorder);
        tap.add(names.sessionId(session), program);
        ClientInstance added =
                new ClientInstance(program, connect(history.schedule().group(session), tap));
        members.get(session).add(added);
        return added;
    }

    /**
     * A {@code resume} of the instance that has {@code session} arrives late; nothing if it was never on another connection. Returns when it
     * is answered, or given up: what follows may give the session to another instance.
     */
    public void resumeLate(int session) {
        ClientInstance member = member(session);
        ClientProgram program = member.program();
        long late = program.attachedOn() - 1;
        Optional<Peer> peer = program.isOn() ? program.peer() : Optional.empty();
        if (late <= 0 || peer.isEmpty()) {
            return;
        }
        URI rtc = routes.ofGroup().apply(history.schedule().group(session));
        CompletableFuture<OptionalInt> code = peer.get()
                .credentials()
                .thenCompose(credentials ->
                        new LateResume(member.client().instance(), late, credentials).send(rtc, routes.token()))
                .toCompletableFuture();
        if (Polling.until(LIMIT, code::isDone)) {
            code.join().ifPresent(closed -> recorder.lateResume(program.instance(), closed));
        }
    }

    /** Visitors come to the rooms of {@code sessions}, or to some of these. */
    public Crowd crowd(List<Integer> sessions) {
        List<Integer> rooms = sessions.stream()
                .map(history.topology()::room)
                .distinct()
                .limit(CROWDED_ROOMS)
                .toList();
        return new Crowd(sessions.get(0), rooms, names, routes, recorder);
    }

    /** Signals whose senders do not know their fate yet. */
    public int pending() {
        return current().mapToInt(member -> member.program().pending()).sum();
    }

    /** Whether all clients have their session and a connection. */
    public boolean isComplete() {
        return current()
                .allMatch(member -> member.program().isOn() && member.client().state() == ClientState.CONNECTED);
    }

    /** All end their sessions and close their connections. */
    public void leave() {
        List<CompletableFuture<?>> leaving = new ArrayList<>();
        current().forEach(member -> leaving.add(member.program().leave().toCompletableFuture()));
        Polling.until(LIMIT, () -> leaving.stream().allMatch(CompletableFuture::isDone));
        disconnect();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        disconnect();
    }

    private void disconnect() {
        clients.forEach(Client::close);
        Polling.until(
                LIMIT,
                () -> clients.stream()
                        .allMatch(
                                client -> client.closed().toCompletableFuture().isDone()));
    }
}
