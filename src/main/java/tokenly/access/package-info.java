/**
 * Which clients may come in, and what they may use. Handshakes: rules for addresses, {@code Host} and {@code Origin}; places for
 * connections; rates. Tokens: their keys, their claims and grants, and which of them are revoked. Administrators, and who may
 * read {@code /status}. Knows nothing of WebSocket.
 */
@NullMarked
package tokenly.access;

import org.jspecify.annotations.NullMarked;
