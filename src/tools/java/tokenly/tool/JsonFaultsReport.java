package tokenly.tool;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tokenly.tool.faults.EndCause;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultJson;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.faults.ProxiedConnection;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.UsageException;

/** The report for programs: a JSON object per line, each with {@code event} and {@code at} (RFC 3339, UTC). */
final class JsonFaultsReport implements FaultsReport {

    private final Screen screen;
    private final InstantSource clock;

    JsonFaultsReport(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void listening(FaultProxy proxy, long seed, Optional<InetSocketAddress> api) {
        JsonLine fields = new JsonLine()
                .with("address", Endpoint.format(proxy.address()))
                .with("target", Endpoint.format(proxy.target()));
        api.ifPresent(address -> fields.with("api", Endpoint.format(address)));
        event("listening", fields.with("seed", seed));
    }

    @Override
    public void opened(ProxiedConnection connection) {
        event("connection-opened", FaultJson.of(connection));
    }

    @Override
    public void closed(ProxiedConnection connection, EndCause cause) {
        event("connection-closed", FaultJson.of(connection).with("ending", cause));
    }

    @Override
    public void added(Fault fault) {
        event("fault-added", FaultJson.of(fault));
    }

    @Override
    public void removed(Fault fault) {
        event("fault-removed", FaultJson.of(fault));
    }

    @Override
    public void acceptFailed(String cause) {
        event("accept-failed", new JsonLine().with("message", cause));
    }

    @Override
    public void state(FaultProxy proxy) {
        event(
                "state",
                FaultJson.of(proxy.counters())
                        .with(
                                "faults",
                                proxy.faults().stream().map(FaultJson::of).toList()));
    }

    @Override
    public void complain(UsageException complaint) {
        event("complaint", new JsonLine().with("message", complaint.getMessage()));
    }

    @Override
    public void unreachable(InetSocketAddress target) {
        event("target-unreachable", new JsonLine().with("target", Endpoint.format(target)));
    }

    /** None: it would only be in the way of programs. */
    @Override
    public String progress(FaultProxy proxy) {
        return "";
    }

    private void event(String name, JsonLine fields) {
        JsonLine event =
                new JsonLine().with("event", name).with("at", clock.instant().truncatedTo(ChronoUnit.MILLIS));
        screen.result(event.with(fields).toString());
    }
}
