package tokenly.tool.faults;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import tokenly.tool.text.JsonLine;

/** What a proxy says in JSON. Field names and units are Toxiproxy's where it has them. */
public final class FaultJson {

    private FaultJson() {}

    public static JsonLine of(Fault fault) {
        JsonLine attributes = new JsonLine();
        fault.values().forEach((attribute, value) -> {
            BigDecimal number = BigDecimal.valueOf(attribute.unit().toJson(value));
            boolean isWhole = number.stripTrailingZeros().scale() <= 0;
            attributes.with(attribute.jsonName(), isWhole ? number.longValue() : number);
        });
        return new JsonLine()
                .with("name", fault.name())
                .with("type", fault.kind())
                .with("stream", fault.stream())
                .with("attributes", attributes);
    }

    public static JsonLine of(ProxiedConnection connection) {
        InetSocketAddress client = connection.client();
        return new JsonLine()
                .with("connection", connection.id())
                .with("client", client.getAddress().getHostAddress() + ":" + client.getPort())
                .with(of(connection.upstream(), connection.downstream()));
    }

    public static JsonLine of(Counters counters) {
        return new JsonLine()
                .with("open", counters.open())
                .with("total", counters.total())
                .with(of(counters.upstream(), counters.downstream()));
    }

    private static JsonLine of(Traffic upstream, Traffic downstream) {
        return new JsonLine()
                .with("upstream_bytes", upstream.passed())
                .with("upstream_held", upstream.held())
                .with("downstream_bytes", downstream.passed())
                .with("downstream_held", downstream.held());
    }
}
