package tokenly.tool.scenario;

import java.util.Optional;

/** A port that the system's firewall swallows, without an answer, until this is closed. Needs root and iptables or nft. */
final class PortBlock implements AutoCloseable {

    private final String[] undo;
    private boolean isUndone;

    private PortBlock(String... undo) {
        this.undo = undo;
    }

    /** Blocks TCP to {@code port} on the loopback; empty, with nothing changed, where this machine cannot. */
    static Optional<PortBlock> of(int port) {
        return iptables(port).or(() -> nft(port));
    }

    private static Optional<PortBlock> iptables(int port) {
        String number = Integer.toString(port);
        boolean blocked = Shell.run("iptables", "-I", "INPUT", "-i", "lo", "-p", "tcp", "--dport", number, "-j", "DROP")
                .isOk();
        return blocked
                ? Optional.of(new PortBlock(
                        "iptables", "-D", "INPUT", "-i", "lo", "-p", "tcp", "--dport", number, "-j", "DROP"))
                : Optional.empty();
    }

    private static Optional<PortBlock> nft(int port) {
        String table = "tokenly_" + port;
        boolean blocked = Shell.run(
                        "nft",
                        "add table inet " + table + "; add chain inet " + table
                                + " input { type filter hook input priority 0; }; add rule inet " + table
                                + " input iif lo tcp dport " + port + " drop")
                .isOk();
        return blocked ? Optional.of(new PortBlock("nft", "delete table inet " + table)) : Optional.empty();
    }

    /** Undoes it, once. */
    @Override
    public void close() {
        if (isUndone) {
            return;
        }
        isUndone = true;
        Shell.Result result = Shell.run(undo);
        if (!result.isOk()) {
            throw new IllegalStateException("the port is still blocked; unblock it by hand: " + String.join(" ", undo)
                    + "\n" + result.output());
        }
    }
}
