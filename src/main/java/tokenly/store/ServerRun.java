package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One run of the server, as the log remembers it.
 *
 * @param bootId names the boot of the host during which it ran; {@link #UNKNOWN_BOOT} if that cannot be told
 * @param fsync what it promised
 */
record ServerRun(String bootId, Fsync fsync) {

    static final String UNKNOWN_BOOT = "";

    private static final System.Logger LOG = System.getLogger(ServerRun.class.getName());

    /** Drawn anew at each boot (proc(5), "/proc/sys/kernel/random"); shared by all containers of a host. */
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** This one. */
    static ServerRun now(Fsync fsync) {
        return new ServerRun(bootOfThisHost(), fsync);
    }

    private static String bootOfThisHost() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException elsewhere) {
            LOG.log(
                    Level.DEBUG,
                    "this host does not name its boots: after a kill the store cannot show that it is whole");
            return UNKNOWN_BOOT;
        }
    }

    /** Whether it may have run on the boot of {@code other}, as far as that can be told. */
    boolean mayShareBoot(ServerRun other) {
        return bootId.equals(other.bootId);
    }

    /** Whether what this run wrote, and did not force, is still there in {@code later}, however this one ended. */
    boolean isOfSameBoot(ServerRun later) {
        return !bootId.equals(UNKNOWN_BOOT) && bootId.equals(later.bootId);
    }
}
