package tokenly.web;

/** Which peers of a TCP connection are proxies whose headers are believed. */
@FunctionalInterface
public interface TrustedProxies {

    /** Whether {@code peer}, an address as the container writes it, is one. */
    boolean include(String peer);
}
