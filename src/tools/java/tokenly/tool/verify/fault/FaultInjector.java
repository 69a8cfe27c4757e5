package tokenly.tool.verify.fault;

import tokenly.tool.verify.schedule.FaultEvent;

/** Does one kind of fault. Called on one thread for each group of clients, and on one for the server. */
interface FaultInjector {

    /** Begins it, and returns when it is done or under way. */
    void begin(FaultEvent fault);

    /** Takes it back. */
    default void end(FaultEvent fault) {}
}
