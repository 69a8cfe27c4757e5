/** {@code GET /status}: the reconnect model as JSON. */
@NullMarked
package tokenly.status;

import org.jspecify.annotations.NullMarked;
