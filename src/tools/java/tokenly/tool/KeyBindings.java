package tokenly.tool;

import java.util.List;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.faults.ToxicKind;
import tokenly.tool.text.UsageException;

/** What keys and lines do to a running proxy. For one thread. */
final class KeyBindings {

    private static final Fault DOWN = Fault.parse("down");

    private final FaultProxy proxy;
    private final FaultsReport report;
    private final Fault latency;
    private boolean isDone;

    /** @param given on the command line; the first latency among them is the one that its key puts on and off */
    KeyBindings(FaultProxy proxy, FaultsReport report, List<Fault> given) {
        this.proxy = proxy;
        this.report = report;
        this.latency = given.stream()
                .filter(fault -> fault.kind() == ToxicKind.LATENCY)
                .findFirst()
                .orElse(Fault.parse("latency=100ms,jitter=20ms"));
    }

    /** Whether it was told to quit. */
    boolean isDone() {
        return isDone;
    }

    /** A line: a key, a fault to add, or {@code -NAME}, a fault to remove. */
    void line(String text) {
        String line = text.strip();
        if (line.length() == 1) {
            key(line.charAt(0));
        } else if (!line.isEmpty()) {
            try {
                expression(line);
            } catch (UsageException complaint) {
                report.complain(complaint);
            }
        }
    }

    private void expression(String line) {
        if (!line.startsWith("-")) {
            proxy.add(Fault.parse(line));
        } else if (!proxy.remove(line.substring(1))) {
            throw new UsageException("no_such_name", line.substring(1));
        }
    }

    void key(char key) {
        switch (key) {
            case 'd' -> toggle(DOWN);
            case 'b' -> toggle(Fault.BLACKHOLE);
            case 'l' -> toggle(latency);
            case 'r' -> proxy.resetAll();
            case 'c' -> proxy.clear();
            case 's' -> report.state(proxy);
            case 'q' -> isDone = true;
            default -> report.complain(new UsageException("proxy_keys"));
        }
    }

    private void toggle(Fault fault) {
        if (proxy.faults().contains(fault)) {
            proxy.remove(fault.name());
        } else {
            proxy.add(fault);
        }
    }
}
