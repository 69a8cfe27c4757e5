package tokenly.tool.faults;

/** Is told what happens at a proxy, on the proxy's thread: what is slow here slows every connection. By itself deaf. */
public interface ProxyEvents {

    /** A client was accepted; whether the target takes it is not known yet. */
    default void opened(ProxiedConnection connection) {}

    default void closed(ProxiedConnection connection, EndCause cause) {}

    default void added(Fault fault) {}

    default void removed(Fault fault) {}

    /**
     * Connections cannot be accepted for the moment; it is tried again by itself.
     *
     * @param cause as the system says it
     */
    default void acceptFailed(String cause) {}
}
