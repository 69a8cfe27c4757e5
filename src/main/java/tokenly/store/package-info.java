/** What stands behind the {@link tokenly.session.Store} port. */
@NullMarked
package tokenly.store;

import org.jspecify.annotations.NullMarked;
