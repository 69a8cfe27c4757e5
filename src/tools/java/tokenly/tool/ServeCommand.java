package tokenly.tool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.server.Parts;

/**
 * {@code tokenly serve}: runs the server in this process until it is stopped. The server is the WAR in a Jetty with {@code jetty-config} as
 * its JETTY_BASE, as {@code mvn package} leaves it in {@code target/servers}.
 */
@Command(
        name = "serve",
        header = "${bundle:serve_header}",
        description = "${bundle:serve_description}",
        footer = "${bundle:serve_footer}")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("unused") // picocli looks
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--port", paramLabel = "PORT", description = "${bundle:serve_port_option}")
    private String port = "3003";

    @Option(names = "--host", paramLabel = "HOST", description = "${bundle:serve_host_option}")
    private String host = "127.0.0.1";

    @Option(names = "--data", paramLabel = "DIRECTORY", description = "${bundle:serve_data_option}")
    private @Nullable Path data;

    @Override
    public Integer call() throws CliException, IOException, InterruptedException {
        InetSocketAddress address = Endpoint.parse(host + ":" + port);
        checkPort(address);
        if (data != null) { // else the environment may name it
            System.setProperty("tokenly.store.dir", data.toAbsolutePath().toString());
        }
        start(
                "jetty.home=" + Parts.jettyHome().toAbsolutePath(),
                "jetty.base=" + Parts.jettyBase().toAbsolutePath(),
                "jetty.http.host=" + host,
                "jetty.http.port=" + port);
        new CountDownLatch(1).await(); // until a signal ends the JVM
        return 0;
    }

    /** Jetty says so, too, below a page of its own lines. */
    private static void checkPort(InetSocketAddress address) throws CliException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException failed) {
            throw Endpoint.cannotListen(failed, address, "--port", "--host");
        }
    }

    /** As {@code java -jar start.jar} does; it ends the JVM if the server cannot start. The server sees no class of the tools. */
    private static void start(String... arguments) throws IOException {
        URL startJar = Parts.jettyHome().resolve("start.jar").toUri().toURL();
        ClassLoader loader = new URLClassLoader(new URL[] {startJar}, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass("org.eclipse.jetty.start.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalStateException("this is not the start.jar of a Jetty 12: " + startJar, wrong);
        }
    }
}
