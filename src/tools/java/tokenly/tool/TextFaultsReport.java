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
        say(Paint.GREEN, Text.LISTENING, Endpoint.format(proxy.address()), Endpoint.format(proxy.target()), seed);
        api.ifPresent(address -> say(Paint.DIM, Text.API_AT, "http://" + Endpoint.format(address) + "/faults"));
        screen.trouble(Paint.DIM.on(Text.KEYS.in(language)));
    }

    @Override
    public void opened(ProxiedConnection connection) {
        say(Paint.DIM, Text.CONNECTION_OPENED, connection.id(), Endpoint.format(connection.client()));
    }

    @Override
    public void closed(ProxiedConnection connection, EndCause cause) {
        say(
                Paint.DIM,
                Text.CONNECTION_CLOSED,
                connection.id(),
                cause(cause),
                connection.upstream().passed(),
                connection.downstream().passed());
    }

    private static Text cause(EndCause cause) {
        return switch (cause) {
            case ENDED -> Text.BY_ITS_ENDS;
            case CUT -> Text.BY_A_FAULT;
            case RESET -> Text.BY_A_RESET;
            case UNREACHABLE -> Text.BY_THE_TARGET;
        };
    }

    @Override
    public void added(Fault fault) {
        say(Paint.YELLOW, Text.FAULT_ADDED, fault);
    }

    @Override
    public void removed(Fault fault) {
        say(Paint.GREEN, Text.FAULT_REMOVED, fault);
    }

    @Override
    public void acceptFailed(String cause) {
        screen.trouble(Paint.RED.on(Text.ACCEPT_FAILED.in(language, cause)));
    }

    @Override
    public void state(FaultProxy proxy) {
        say(Paint.GREEN, Text.STATE, values(proxy));
    }

    @Override
    public String progress(FaultProxy proxy) {
        return Text.STATE.in(language, values(proxy));
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
            faults.isEmpty() ? Text.NO_FAULT : faults
        };
    }

    @Override
    public void complain(UsageException complaint) {
        screen.trouble(Paint.RED.on(complaint.in(language)));
    }

    @Override
    public void unreachable(InetSocketAddress target) {
        screen.trouble(Paint.RED.on(Text.UNREACHABLE.in(language, Endpoint.format(target))));
    }

    private void say(Paint paint, Text text, Object... values) {
        String time = TIME.format(clock.instant().atZone(ZoneId.systemDefault()));
        screen.result(time + " " + paint.on(text.in(language, values)));
    }
}
