package tokenly.client;

import java.lang.System.Logger.Level;

/** Calls what its user has given to a client: an exception there is the user's bug, and must not stop the client. */
final class SafeCall {

    private static final System.Logger LOG = System.getLogger(SafeCall.class.getName());

    private SafeCall() {}

    /** @param whose for the log */
    static void call(String whose, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "a listener of " + whose + " failed", bug);
        }
    }
}
