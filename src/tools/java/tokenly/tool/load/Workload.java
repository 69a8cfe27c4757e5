package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tokenly.tool.load.ws.WebSocketClient;

/** One kind of load: what is done to a server, step by step, and what is expected of it. */
public interface Workload {

    /**
     * What it works with.
     *
     * @param client connects to the plan's URL
     * @param status of the same server
     * @param now time since some fixed moment; never goes back
     * @param watcher is given each round as it begins
     */
    record Tools(WebSocketClient client, StatusPage status, Supplier<Duration> now, Consumer<Round> watcher) {}

    /** Its name in the result. */
    String name();

    /**
     * Runs it once, and leaves nothing behind at the server if that behaves.
     *
     * @throws IOException if the server's status cannot even be asked before the first round
     */
    Result run(Plan plan, Tools tools) throws IOException, InterruptedException;
}
