/** Which clients may come in, and what they may use: addresses, places for connections, rates. Knows nothing of WebSocket. */
@NullMarked
package tokenly.access;

import org.jspecify.annotations.NullMarked;
