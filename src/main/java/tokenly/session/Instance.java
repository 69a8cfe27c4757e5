package tokenly.session;

import tokenly.protocol.IdRule;

/**
 * Who holds a client's side of its sessions: a page's memory, a gateway's log. Chosen by the client.
 *
 * @param value as every id (PROTOCOL.md, "Framing")
 */
public record Instance(String value) {

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public Instance {
        IdRule.check(value);
    }

    /** As the log shows it: what no reader could see is escaped. */
    @Override
    public String toString() {
        return IdRule.printable(value);
    }
}
