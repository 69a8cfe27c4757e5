package tokenly.store;

/** When a written record is forced to the medium, so that it survives the host losing its power, and not only its process. */
public enum Fsync {
    /** The operating system decides: a kill of the server loses nothing, a stop of the host may. */
    OFF,
    /** Once a second: as {@link #OFF}, but what a stop of the host can lose is about a second. */
    INTERVAL,
    /** Before an append is answered, one force for all that wait for one: nothing that was said to be written is lost. */
    ALWAYS
}
