package tokenly.tool.verify.history;

import java.time.Duration;

/**
 * What was agreed before the run, and what the checks hold all to.
 *
 * @param resumeWindow for which the server holds a lost session
 * @param mailboxMessages most in one mailbox at the server
 * @param unacknowledged most signals that a client keeps for one session
 * @param isAlone whether no other client uses the server, so that its status tells of this run only
 * @param isCluster whether the server is one of several nodes, which may give a room away while the connections of its clients are open
 */
public record Terms(
        Duration resumeWindow, int mailboxMessages, int unacknowledged, boolean isAlone, boolean isCluster) {}
