package tokenly.store;

import java.io.IOException;
import tokenly.session.SessionId;

/** What is in the directory of the store cannot be used as it is; the message tells the operator which file, and what to do. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1;

    StoreException(String message) {
        super(message);
    }

    /** {@code directory} cannot be used just now, because of {@code cause}. */
    static StoreException unusable(String directory, IOException cause) {
        StoreException unusable = new StoreException("the store cannot use its directory " + directory + " (" + cause
                + "). What it holds is safe: make room, see who may write there, or let tokenly.store.dir name another"
                + " directory, and start again");
        unusable.initCause(cause);
        return unusable;
    }

    /** {@code file} is not for this version of Tokenly. */
    static StoreException ofLaterVersion(String file) {
        return new StoreException("the store was written by a later version of Tokenly, as " + file
                + " says. Nothing was changed. Start that version, or let tokenly.store.dir name another directory");
    }

    /** {@code file} holds what this store did not write there, from {@code offset} on. */
    static StoreException damaged(String file, long offset, String what) {
        return new StoreException("the store is damaged: " + what + " in " + file + " at offset " + offset
                + ". Nothing was changed. Restore the directory tokenly.store.dir from a backup, or move it away to start"
                + " with no sessions");
    }

    /** Message {@code seq} of {@code session} is not there, and nothing says why. */
    static StoreException messageMissing(SessionId session, long seq) {
        return new StoreException("the store is damaged: message " + seq + " of session " + session
                + " is missing. Restore the directory tokenly.store.dir from a backup, or move it away to start with no"
                + " sessions");
    }
}
