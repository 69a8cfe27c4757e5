package tokenly.tool.verify.crash;

/**
 * When a server dies.
 *
 * @param step the change of its disk, counted from 1, that is not made any more
 * @param isTorn whether a write at that step is half done, and what was on its way to the clients arrives at half of them; else
 *     nothing of it is done, and all that was sent arrives
 * @param next the change of the next server's disk at which that one dies, too; 0 if it lives
 */
public record Crash(int step, boolean isTorn, int next) {

    /** Whether {@code instance} still gets what was on its way to it. */
    boolean reaches(int instance) {
        return !isTorn || (instance + step) % 2 == 0;
    }

    @Override
    public String toString() {
        return "a crash at write " + step + (isTorn ? ", half of it done" : "")
                + (next == 0 ? "" : ", and at write " + next + " of the next server");
    }
}
