package tokenly.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import tokenly.client.json.JsonObject;

/**
 * Connections between clients and a {@link ModelServer}, whose frames arrive one by one when a test says so, and which are cut
 * between any two of them. Each side learns of a cut at once, later, or by its own means.
 */
final class FakeNetwork implements Transport {

    private final ModelServer server;
    private final Random random;
    private final List<Cable> cables = new ArrayList<>();

    FakeNetwork(ModelServer server, Random random) {
        this.server = server;
        this.random = random;
    }

    @Override
    public Link open(Address address, Listener listener, Duration connectTimeout) {
        Cable cable = new Cable(listener);
        cables.add(cable);
        return cable;
    }

    /** One thing happens on one cable; returns false if nothing is under way anywhere. */
    boolean step() {
        List<Cable> busy = cables.stream().filter(Cable::isBusy).toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(random.nextInt(busy.size())).step();
        return true;
    }

    /** The server is killed: no frame arrives any more on any cable, and every client learns of it. */
    void killServer() {
        server.forgetAll();
        cables.forEach(Cable::kill);
    }

    /** The server is killed, and its store is put back to what it was. */
    void goBack(List<ModelServer.Held> snapshot) {
        server.goBack(snapshot);
        cables.forEach(Cable::kill);
    }

    /** Cuts a random cable that is not cut on both sides yet. */
    void cut() {
        List<Cable> whole = cables.stream().filter(cable -> !cable.isDead()).toList();
        if (!whole.isEmpty()) {
            whole.get(random.nextInt(whole.size())).cut();
        }
    }

    /** A connection: frames are under way in both directions until they arrive, or are lost. */
    private final class Cable implements Link, ModelServer.Wire {

        private final Listener client;
        private final Queue<Runnable> toServer = new ArrayDeque<>();
        private final Queue<Runnable> toClient = new ArrayDeque<>();
        private boolean clientIsGone;
        private boolean serverIsGone;

        Cable(Listener client) {
            this.client = client;
            toServer.add(() -> server.accept(this));
        }

        boolean isBusy() {
            return !toServer.isEmpty() || !toClient.isEmpty();
        }

        boolean isDead() {
            return clientIsGone && serverIsGone;
        }

        void step() {
            boolean up = toClient.isEmpty() || (!toServer.isEmpty() && random.nextBoolean());
            (up ? toServer : toClient).remove().run();
        }

        void cut() {
            boolean clientLearns = random.nextBoolean();
            boolean serverLearns = random.nextBoolean();
            if (!clientIsGone && clientLearns) {
                clientIsGone = true;
                toClient.clear();
                client.closed(1006, "cut");
            }
            if (!serverIsGone && (serverLearns || !clientLearns)) {
                serverIsGone = true;
                toServer.clear(); // else what is under way arrives late
                server.lost(this);
            }
        }

        void kill() {
            serverIsGone = true;
            toServer.clear();
            toClient.clear();
            if (!clientIsGone) {
                clientIsGone = true;
                client.closed(1006, "killed");
            }
        }

        @Override
        public Progress progress() {
            return Progress.NONE;
        }

        @Override
        public void send(String frame) {
            if (!serverIsGone) {
                toServer.add(() -> {
                    if (!serverIsGone) {
                        server.receive(this, JsonObject.parse(frame));
                    }
                });
            }
        }

        @Override
        public void abort() {
            clientIsGone = true;
            toClient.clear();
            if (random.nextBoolean()) {
                toServer.add(this::serverLearns);
            }
        }

        private void serverLearns() {
            if (!serverIsGone) {
                serverIsGone = true;
                server.lost(this);
            }
        }

        @Override
        public void close(int code) {
            throw new UnsupportedOperationException("no client leaves here");
        }

        @Override
        public void say(JsonObject frame) {
            if (!clientIsGone) {
                toClient.add(() -> {
                    if (!clientIsGone) {
                        client.text(frame.toString());
                    }
                });
            }
        }

        @Override
        public void hangUp(int code) {
            serverIsGone = true;
            toServer.clear();
            toClient.add(() -> {
                if (!clientIsGone) {
                    clientIsGone = true;
                    client.closed(code, "");
                }
            });
        }
    }
}
