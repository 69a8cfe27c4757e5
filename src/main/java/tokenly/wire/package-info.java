/** The frames of PROTOCOL.md and their JSON; the only package that reads and writes the protocol's JSON. */
@NullMarked
package tokenly.wire;

import org.jspecify.annotations.NullMarked;
