package tokenly.client;

import java.util.function.Supplier;

/** A real client with a network of its own. */
final class ClusterPage {

    final ClusterWorld world;
    final Client client;
    final ClusterNetwork.Access access;
    boolean isGone;

    /** @param choice of the node for each connection */
    ClusterPage(ClusterWorld world, KeyStorage keys, Supplier<FakeNode> choice) {
        this.world = world;
        this.access = world.network.new Access(choice);
        FakeThread thread = new FakeThread();
        Ports ports = new Ports(access, Scene.timer(world.timer, thread), thread, world.random);
        this.client = new Client(ports, Scene.OPTIONS.withKeys(keys));
        client.start();
    }

    boolean isConnected() {
        return client.state() == ClientState.CONNECTED && access.isConnected();
    }

    /** It is gone without a word, as a page that is reloaded. */
    void vanish() {
        isGone = true;
        access.vanish();
    }
}
