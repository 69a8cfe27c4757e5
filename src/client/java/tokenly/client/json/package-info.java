/** A small, strict JSON (RFC 8259), so that the client needs nothing but the JDK. */
@NullMarked
package tokenly.client.json;

import org.jspecify.annotations.NullMarked;
