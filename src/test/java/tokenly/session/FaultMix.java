package tokenly.session;

import java.util.Random;

/** What may happen in one schedule. Each has only some of it, so that nothing hides behind something else for ever. */
record FaultMix(
        boolean late,
        boolean failing,
        boolean halfOpen,
        boolean reloads,
        boolean copies,
        boolean endings,
        boolean slow,
        boolean tiny,
        boolean longWaits,
        boolean restarts,
        boolean losing,
        boolean goingBack,
        boolean plain,
        boolean stale,
        boolean roles,
        boolean lostKeys) {

    static FaultMix of(Random random) {
        return new FaultMix(
                random.nextInt(4) > 0,
                random.nextInt(3) == 0,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                random.nextInt(6) == 0,
                random.nextInt(6) == 0,
                random.nextInt(3) == 0,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextInt(6) == 0);
    }

    /** Whether a session may end, or be forgotten, though its client has not heard of it. */
    boolean mayEnd() {
        return endings || longWaits || losing || goingBack || losesKeys();
    }

    /** Whether pages that come anew may have lost their keys; their owner gets the sessions back all the same. */
    boolean losesKeys() {
        return roles && lostKeys;
    }

    /** Whether the server may come back without what it has said. */
    boolean mayForget() {
        return losing || goingBack;
    }

    /** Whether a client that does nothing wrong may be reset for {@code reason}. */
    boolean explain(ResetReason reason) {
        return switch (reason) {
            case CLIENT_BEHIND, CREATED_ANEW -> false;
            case STORE_WENT_BACK ->
                losing || goingBack || longWaits; // which makes of a few late frames a gap that lasts
            case OVERFLOW -> tiny;
            case NEW_INSTANCE -> reloads || copies;
            case EPOCH -> mayEnd() || tiny || reloads || copies; // or of which it was not told
        };
    }
}
