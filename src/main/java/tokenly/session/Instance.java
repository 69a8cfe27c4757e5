package tokenly.session;

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

    @Override
    public String toString() {
        return value;
    }
}
