package tokenly.session;

import java.util.Map;

/** What a client makes of the news of its room. */
final class Membership {

    private Membership() {}

    /** @param peers the others in the room, and whether each is away */
    static void follow(Map<SessionId, Boolean> peers, Message news) {
        if (news instanceof Message.PeerJoined joined) {
            peers.put(joined.peer(), false);
        } else if (news instanceof Message.PeerAway away) {
            peers.put(away.peer(), true);
        } else if (news instanceof Message.PeerBack back) {
            peers.put(back.peer(), false);
        } else if (news instanceof Message.PeerLeft left) {
            peers.remove(left.peer());
        }
    }
}
