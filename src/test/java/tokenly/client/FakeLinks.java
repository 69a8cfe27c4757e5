package tokenly.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.cluster.LinkTransport;

/** The network between the nodes. */
final class FakeLinks {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Messages that the system takes though the other side does not read. */
    private static final int BUFFER = 3;

    private final ClusterWorld world;
    private final List<Wire> wires = new ArrayList<>();
    private final Set<Set<String>> partitions = new HashSet<>(); // pairs of URLs
    long length; // of all messages that have arrived

    FakeLinks(ClusterWorld world) {
        this.world = world;
    }

    LinkTransport of(FakeNode node) {
        return (url, receiver) -> {
            Wire wire = new Wire(new End(node, receiver), url);
            wires.add(wire);
            return wire.opened;
        };
    }

    void cut(String one, String other) {
        partitions.add(Set.of(one, other));
    }

    void heal() {
        partitions.clear();
    }

    private boolean isCut(String one, String other) {
        return !one.equals(other) && partitions.contains(Set.of(one, other));
    }

    /** One of those at which something can happen. */
    List<? extends Movable> busy() {
        wires.removeIf(Wire::isOver);
        return wires.stream().filter(Wire::isBusy).toList();
    }

    void killed(FakeNode node) {
        List.copyOf(wires).forEach(wire -> wire.killed(node));
    }

    /** Breaks one link, which both sides learn. */
    void breakOne() {
        List<Wire> open = wires.stream().filter(wire -> wire.far != null).toList();
        if (!open.isEmpty()) {
            Wire wire = open.get(world.random.nextInt(open.size()));
            wire.near.abort(false);
            wire.otherOf(wire.near).abort(false);
            wire.near.isToBeTold = true;
            wire.otherOf(wire.near).isToBeTold = true;
        }
    }

    /** Something to which the schedule can make things happen. */
    interface Movable {
        void step();
    }

    /** One link. */
    private final class Wire implements Movable {

        final End near;

        @Nullable
        End far; // once it is open

        final CompletableFuture<LinkTransport.Socket> opened = new CompletableFuture<>();
        private final String url;
        private final Duration begun = world.timer.now();
        private boolean isDecided;

        Wire(End near, String url) {
            this.near = near;
            this.url = url;
            near.wire = this;
        }

        boolean isOver() {
            return isDecided && near.isOver() && (far == null || far.isOver());
        }

        private boolean isSlow() {
            FakeNode other = world.nodes.get(url);
            return isCut(near.node.url, url) || (other != null && other.isPaused);
        }

        boolean isBusy() {
            if (isDecided) {
                return near.isBusy() || (far != null && far.isBusy());
            }
            return near.node.isRunning()
                    && (!isSlow() || world.timer.now().minus(begun).compareTo(CONNECT_TIMEOUT) > 0);
        }

        @Override
        public void step() {
            if (!isDecided) {
                open();
                return;
            }
            boolean isForNear = near.isBusy() && (far == null || !far.isBusy() || world.random.nextBoolean());
            (isForNear ? near : otherOf(near)).step();
        }

        private void open() {
            isDecided = true;
            FakeNode other = world.nodes.get(url);
            if (isSlow()) {
                near.node.guarded(() -> opened.completeExceptionally(new IOException("no answer")));
            } else if (other == null || other.isDead) {
                near.node.guarded(() -> opened.completeExceptionally(new LinkTransport.RefusedException(url)));
            } else {
                End accepted = new End(other, null);
                accepted.wire = this;
                far = accepted;
                other.guarded(() -> accepted.receiver = other.cluster.accept(accepted));
                near.node.guarded(() -> opened.complete(near));
            }
        }

        End otherOf(End end) {
            End other = end == near ? far : near;
            return other == null ? near : other;
        }

        void killed(FakeNode node) {
            if (near.node == node) {
                isDecided = true;
                near.die();
            }
            if (far != null && far.node == node) {
                far.die();
            }
        }
    }

    /** One side of a link. */
    private final class End implements LinkTransport.Socket {

        final FakeNode node;
        private @Nullable Wire wire;
        LinkTransport.@Nullable Receiver receiver;
        private final Queue<String> coming = new ArrayDeque<>();
        private final Queue<CompletableFuture<?>> waiting = new ArrayDeque<>(); // of the other side
        private boolean isGone;
        boolean isToBeTold; // that the other side is gone

        End(FakeNode node, LinkTransport.@Nullable Receiver receiver) {
            this.node = node;
            this.receiver = receiver;
        }

        boolean isOver() {
            return isGone && !isToBeTold;
        }

        private boolean isCutOff() {
            return wire != null && wire.far != null && isCut(node.url, wire.otherOf(this).node.url);
        }

        boolean isBusy() {
            return node.isRunning() && !isCutOff() && (isToBeTold || (!isGone && !coming.isEmpty()));
        }

        void step() {
            LinkTransport.Receiver told = receiver;
            if (!coming.isEmpty() && !isGone) {
                String message = coming.remove();
                length += message.length();
                if (wire != null && !waiting.isEmpty() && waiting.size() > coming.size() - BUFFER) {
                    CompletableFuture<?> sent = waiting.remove();
                    wire.otherOf(this).node.later(() -> sent.complete(null));
                }
                if (told != null) {
                    node.guarded(() -> told.message(message));
                }
                return;
            }
            isToBeTold = false;
            isGone = true;
            if (told != null) {
                node.guarded(told::closed);
            }
        }

        @Override
        public CompletionStage<?> send(String message) {
            if (isGone || wire == null) {
                return CompletableFuture.failedStage(new IOException("it is closed"));
            }
            End other = wire.otherOf(this);
            other.coming.add(message);
            if (other.coming.size() <= BUFFER) {
                return CompletableFuture.completedStage(null);
            }
            CompletableFuture<?> sent = new CompletableFuture<>();
            other.waiting.add(sent);
            return sent;
        }

        @Override
        public void abort() {
            abort(true);
        }

        private void abort(boolean isOtherToBeTold) {
            if (isGone) {
                return;
            }
            isGone = true;
            coming.clear();
            if (isOtherToBeTold && wire != null && wire.far != null) {
                End other = wire.otherOf(this);
                other.isToBeTold = !other.isGone;
                if (world.random.nextBoolean()) {
                    other.coming.clear();
                }
            }
        }

        void die() {
            abort(true);
            isToBeTold = false;
        }
    }
}
