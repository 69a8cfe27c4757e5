/**
 * The words that the server, the Java client and the tools share (PROTOCOL.md): close codes, subprotocols, the rule of ids, limits and
 * separators. It is part of the WAR and of the client's jar, and knows only the JDK.
 */
@NullMarked
package tokenly.protocol;

import org.jspecify.annotations.NullMarked;
