/** What Tokenly is compared with; {@code tokenly load} puts these classes into a server of the same kind. */
@NullMarked
package tokenly.relay;

import org.jspecify.annotations.NullMarked;
