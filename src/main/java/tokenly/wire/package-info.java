/** The frames of PROTOCOL.md and their JSON; the only package that knows JSON text. */
@NullMarked
package tokenly.wire;

import org.jspecify.annotations.NullMarked;
