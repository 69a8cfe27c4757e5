package tokenly.socket;

import tokenly.access.Door;
import tokenly.access.LimitHits;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.wire.IceServers;

/**
 * What all connections share.
 *
 * @param maxUnsentBytes most bytes that may wait for one slow reader
 */
record ConnectionParts(
        Switchboard switchboard,
        Forwarder forwarder,
        Timer timer,
        Heartbeat heartbeat,
        Acknowledgements acknowledgements,
        SendBudget sendBudget,
        LimitHits limitHits,
        Door door,
        int maxUnsentBytes,
        IceServers iceServers) {}
