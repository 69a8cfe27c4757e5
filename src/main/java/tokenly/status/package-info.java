/** {@code GET /status}, the reconnect model, and {@code GET /info}, what is set, as JSON. */
@NullMarked
package tokenly.status;

import org.jspecify.annotations.NullMarked;
