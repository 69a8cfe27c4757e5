package tokenly.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** Connections between clients and the nodes of a cluster, as {@link FakeNetwork}. */
final class ClusterNetwork {

    private static final Duration REFUSAL = Duration.ofMillis(50);

    private final ClusterWorld world;
    private final List<Cable> cables = new ArrayList<>();
    private int numbers;

    ClusterNetwork(ClusterWorld world) {
        this.world = world;
    }

    /** The network as one client sees it, which connects to the node that {@code choice} names. */
    final class Access implements Transport {

        private final Supplier<FakeNode> choice;
        private boolean isOver; // the page is gone

        Access(Supplier<FakeNode> choice) {
            this.choice = choice;
        }

        @Override
        public Link open(Address address, Listener listener, Duration connectTimeout) {
            FakeNode node = choice.get();
            Cable cable = new Cable(this, node, listener);
            if (node.isDead || isOver) {
                cable.serverIsGone = true;
                world.timer.after(REFUSAL, () -> cable.hangUp(1006));
            }
            cables.add(cable);
            return cable;
        }

        /** The page is gone without a word. */
        void vanish() {
            isOver = true;
            cables.stream().filter(cable -> cable.access == this).forEach(cable -> {
                cable.clientIsGone = true;
                cable.toClient.clear();
            });
        }

        /** Whether the client has a connection. */
        boolean isConnected() {
            return cables.stream().anyMatch(cable -> cable.access == this && cable.isWhole());
        }

        /** The newest connection. */
        Cable cable() {
            return cables.stream()
                    .filter(cable -> cable.access == this)
                    .reduce((older, newer) -> newer)
                    .orElseThrow();
        }
    }

    List<Cable> busy() {
        cables.removeIf(cable -> cable.clientIsGone && cable.serverIsGone);
        return cables.stream().filter(Cable::isBusy).toList();
    }

    private List<Cable> whole() {
        return cables.stream().filter(Cable::isWhole).toList();
    }

    void cut() {
        List<Cable> whole = whole();
        if (!whole.isEmpty()) {
            whole.get(world.random.nextInt(whole.size())).cut();
        }
    }

    /** One client reads nothing for a while. */
    void slowDown(Duration time) {
        List<Cable> whole = whole();
        if (!whole.isEmpty()) {
            Cable cable = whole.get(world.random.nextInt(whole.size()));
            cable.isSlow = true;
            world.timer.after(time, cable::readAgain);
        }
    }

    void killed(FakeNode node) {
        cables.stream().filter(cable -> cable.node == node).forEach(Cable::kill);
    }

    /** A connection of a client to a node. */
    final class Cable implements Transport.Link, FakeLinks.Movable {

        private final Access access;
        private final FakeNode node;
        private final Transport.Listener client;
        private final FakeClientConnection server;
        private final Queue<Runnable> toServer = new ArrayDeque<>();
        private final Queue<Runnable> toClient = new ArrayDeque<>();
        private long unread; // characters
        private boolean clientIsGone;
        private boolean serverIsGone;
        boolean isSlow;

        Cable(Access access, FakeNode node, Transport.Listener client) {
            this.access = access;
            this.node = node;
            this.client = client;
            this.server = new FakeClientConnection(world, node, this, ++numbers);
            toServer.add(server::accept);
        }

        private boolean isBusyUp() {
            return node.isRunning() && !serverIsGone && !toServer.isEmpty();
        }

        private boolean isBusyDown() {
            return !clientIsGone && !isSlow && !toClient.isEmpty();
        }

        boolean isBusy() {
            return isBusyUp() || isBusyDown();
        }

        @Override
        public void step() {
            if (isBusyUp() && (!isBusyDown() || world.random.nextBoolean())) {
                node.guarded(toServer.remove());
            } else {
                world.guarded(toClient.remove());
            }
        }

        void cut() {
            boolean clientLearns = world.random.nextBoolean();
            if (clientLearns) {
                loseClient();
            }
            if (!clientLearns || world.random.nextBoolean()) {
                serverIsGone = true;
                toServer.clear(); // else what is under way arrives late
                node.later(server::lost);
            }
        }

        private void loseClient() {
            clientIsGone = true;
            toClient.clear();
            client.closed(1006, "cut");
        }

        private void kill() {
            serverIsGone = true;
            toServer.clear();
            if (!clientIsGone && world.random.nextBoolean()) {
                loseClient(); // else it finds out by its heartbeat
            }
        }

        void readAgain() {
            isSlow = false;
            if (!serverIsGone) {
                node.later(server::drained);
            }
        }

        /** Whether both sides are there, and take it for open. */
        boolean isWhole() {
            return !clientIsGone && !serverIsGone;
        }

        /** Characters that the client has not read. */
        long unread() {
            return unread;
        }

        @Override
        public Transport.Progress progress() {
            return Transport.Progress.NONE;
        }

        @Override
        public void send(String frame) {
            if (!serverIsGone) {
                toServer.add(() -> server.take(frame));
            }
        }

        @Override
        public void close(int code) {
            toServer.add(() -> server.end(tokenly.session.DisconnectReason.LOST));
            toClient.add(() -> {
                clientIsGone = true;
                client.closed(code, "");
            });
        }

        @Override
        public void abort() {
            clientIsGone = true;
            toClient.clear();
            if (world.random.nextBoolean()) {
                toServer.add(server::lost); // else it finds out by its heartbeat
            }
        }

        /** A frame of the server. */
        void say(String frame) {
            if (!clientIsGone) {
                unread += frame.length();
                toClient.add(() -> {
                    unread -= frame.length();
                    client.text(frame);
                });
            }
        }

        /** The system of a client that is there answers. */
        void ping() {
            if (!clientIsGone) {
                toClient.add(() -> toServer.add(server::heard));
            }
        }

        void hangUp(int code) {
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
