package tokenly.store;

import java.io.IOException;
import tokenly.session.SessionId;

/** What the store has written, or is to write to, cannot be used as it is; the message tells the operator where that is, and what to do. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code disk} cannot be used just now, because of {@code cause}. */
    static StoreException unusable(Disk disk, IOException cause) {
        return new StoreException(
                "the store cannot use " + disk.describe("") + " (" + cause + "). What it holds is safe: "
                        + disk.advice().use(),
                cause);
    }

    /** {@code file} is not for this version of Tokenly. */
    static StoreException ofLaterVersion(Disk disk, String file) {
        return new StoreException("the store was written by a later version of Tokenly, as " + disk.describe(file)
                + " says. Nothing was changed. Start that version, or "
                + disk.advice().leave());
    }

    /** {@code file} holds what this store did not write there, from {@code offset} on. */
    static StoreException damaged(Disk disk, String file, long offset, String what) {
        return new StoreException("the store is damaged: " + what + " in " + disk.describe(file) + " at offset "
                + offset + ". Nothing was changed. " + disk.advice().restore());
    }

    /** Message {@code seq} of {@code session} is not there, and nothing says why. */
    static StoreException messageMissing(Disk disk, SessionId session, long seq) {
        return new StoreException("the store is damaged: message " + seq + " of session " + session + " is missing. "
                + disk.advice().restore());
    }
}
