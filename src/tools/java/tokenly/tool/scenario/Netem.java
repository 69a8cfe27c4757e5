package tokenly.tool.scenario;

import java.util.Optional;

/** Delay and loss on one port of the loopback, by the kernel's netem, until this is closed. Needs root and the module. */
final class Netem implements AutoCloseable {

    private boolean isUndone;

    private Netem() {}

    /**
     * 100 ms of delay and 5 % loss for what leaves {@code port}, everything else as it was; empty, with nothing changed,
     * where this machine cannot.
     */
    static Optional<Netem> of(int port) {
        if (!Shell.run("tc", "qdisc", "add", "dev", "lo", "root", "handle", "1:", "prio")
                .isOk()) {
            return Optional.empty();
        }
        Netem netem = new Netem();
        String number = Integer.toString(port);
        boolean works = Shell.run(
                                "tc", "qdisc", "add", "dev", "lo", "parent", "1:3", "handle", "30:", "netem", "delay",
                                "100ms", "loss", "5%")
                        .isOk()
                && Shell.run(
                                "tc",
                                "filter",
                                "add",
                                "dev",
                                "lo",
                                "parent",
                                "1:",
                                "protocol",
                                "ip",
                                "u32",
                                "match",
                                "ip",
                                "sport",
                                number,
                                "0xffff",
                                "flowid",
                                "1:3")
                        .isOk();
        if (!works) {
            netem.close();
            return Optional.empty();
        }
        return Optional.of(netem);
    }

    /** Undoes it, once. */
    @Override
    public void close() {
        if (isUndone) {
            return;
        }
        isUndone = true;
        Shell.Result result = Shell.run("tc", "qdisc", "del", "dev", "lo", "root");
        if (!result.isOk()) {
            throw new IllegalStateException(
                    "the loopback is still slow; mend it by hand: tc qdisc del dev lo root\n" + result.output());
        }
    }
}
