package tokenly.tool;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;
import tokenly.tool.faults.Counters;
import tokenly.tool.faults.EndCause;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.faults.ProxiedConnection;
import tokenly.tool.text.Language;
import tokenly.tool.text.Text;
import tokenly.tool.text.UsageException;

/** The report for people: a line with the time for each event. */
final class TextFaultsReport implements FaultsReport {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final Screen screen;
    private final Language language;
    private final InstantSource clock;

    TextFaultsReport(Screen screen, Language language, InstantSource clock) {
        this.screen = screen;
        this.language = language;
        this.clock = clock;
    }

    @Override
    public void listening(FaultProxy proxy, long seed, Optional<InetSocketAddress> api) {
        say(Paint.GREEN, "proxy_listening", Endpoint.format(proxy.address()), Endpoint.format(proxy.target()), seed);
        api.ifPresent(address -> say(Paint.DIM, "api_at", "http://" + Endpoint.format(address) + "/faults"));
        screen.trouble(Paint.DIM.on(language.text("proxy_keys")));
    }

    @Override
    public void opened(ProxiedConnection connection) {
        say(Paint.DIM, "connection_opened", connection.id(), Endpoint.format(connection.client()));
    }

    @Override
    public void closed(ProxiedConnection connection, EndCause cause) {
        say(
                Paint.DIM,
                "connection_closed",
                connection.id(),
                cause(cause),
                connection.upstream().passed(),
                connection.downstream().passed());
    }

    private static Text cause(EndCause cause) {
        return switch (cause) {
            case ENDED -> Text.of("by_its_ends");
            case CUT -> Text.of("by_a_fault");
            case RESET -> Text.of("by_a_reset");
            case UNREACHABLE -> Text.of("by_the_target");
        };
    }

    @Override
    public void added(Fault fault) {
        say(Paint.YELLOW, "fault_added", fault);
    }

    @Override
    public void removed(Fault fault) {
        say(Paint.GREEN, "fault_removed", fault);
    }

    @Override
    public void acceptFailed(String cause) {
        screen.trouble(Paint.RED.on(language.text("accept_failed", cause)));
    }

    @Override
    public void state(FaultProxy proxy) {
        say(Paint.GREEN, "proxy_state", values(proxy));
    }

    @Override
    public String progress(FaultProxy proxy) {
        return language.text("proxy_state", values(proxy));
    }

    private Object[] values(FaultProxy proxy) {
        Counters counters = proxy.counters();
        String faults = proxy.faults().stream().map(Fault::toString).collect(Collectors.joining(" "));
        return new Object[] {
            counters.open(),
            counters.total(),
            counters.upstream().passed(),
            counters.downstream().passed(),
            counters.upstream().held() + counters.downstream().held(),
            faults.isEmpty() ? Text.of("no_fault") : faults
        };
    }

    @Override
    public void complain(UsageException complaint) {
        screen.trouble(Paint.RED.on(complaint.in(language)));
    }

    @Override
    public void unreachable(InetSocketAddress target) {
        screen.trouble(Paint.RED.on(language.text("target_unreachable", Endpoint.format(target))));
    }

    private void say(Paint paint, String key, Object... values) {
        String time = TIME.format(clock.instant().atZone(ZoneId.systemDefault()));
        screen.result(time + " " + paint.on(language.text(key, values)));
    }
}
