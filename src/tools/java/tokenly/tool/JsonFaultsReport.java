package tokenly.tool;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tokenly.tool.faults.Counters;
import tokenly.tool.faults.EndCause;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultJson;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.faults.ProxiedConnection;
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
        event("listening", json -> {
            json.writeStringField("address", Endpoint.format(proxy.address()));
            json.writeStringField("target", Endpoint.format(proxy.target()));
            if (api.isPresent()) {
                json.writeStringField("api", Endpoint.format(api.get()));
            }
            json.writeNumberField("seed", seed);
        });
    }

    @Override
    public void opened(ProxiedConnection connection) {
        event("connection-opened", json -> FaultJson.writeFields(json, connection));
    }

    @Override
    public void closed(ProxiedConnection connection, EndCause cause) {
        event("connection-closed", json -> {
            FaultJson.writeFields(json, connection);
            json.writeStringField("ending", cause.toString());
        });
    }

    @Override
    public void added(Fault fault) {
        event("fault-added", json -> FaultJson.writeFields(json, fault));
    }

    @Override
    public void removed(Fault fault) {
        event("fault-removed", json -> FaultJson.writeFields(json, fault));
    }

    @Override
    public void acceptFailed(String cause) {
        event("accept-failed", json -> json.writeStringField("message", cause));
    }

    @Override
    public void state(FaultProxy proxy) {
        Counters counters = proxy.counters();
        event("state", json -> {
            FaultJson.writeFields(json, counters);
            FaultJson.writeArray(json, "faults", proxy.faults(), FaultJson::writeFields);
        });
    }

    @Override
    public void complain(UsageException complaint) {
        event("complaint", json -> json.writeStringField("message", complaint.getMessage()));
    }

    @Override
    public void unreachable(InetSocketAddress target) {
        event("target-unreachable", json -> json.writeStringField("target", Endpoint.format(target)));
    }

    /** None: it would only be in the way of programs. */
    @Override
    public String progress(FaultProxy proxy) {
        return "";
    }

    private void event(String name, FaultJson.Fields fields) {
        screen.result(FaultJson.object(json -> {
            json.writeStringField("event", name);
            json.writeStringField(
                    "at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            fields.write(json);
        }));
    }
}
