package tokenly.store;

/**
 * What messages to the operator advise about a {@link Disk}, each as the end of a sentence.
 *
 * @param use when it cannot be used just now
 * @param leave when what it holds is not for this version
 * @param restore when what it holds is damaged
 */
public record Advice(String use, String leave, String restore) {

    /** About a directory of the file system. */
    static final Advice OF_A_DIRECTORY = new Advice(
            "make room, see who may write there, or let tokenly.store.dir name another directory, and start again",
            "let tokenly.store.dir name another directory",
            "Restore the directory tokenly.store.dir from a backup, or move it away to start with no sessions");
}
