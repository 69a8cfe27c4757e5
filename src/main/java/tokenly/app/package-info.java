/** Settings, wiring, start and stop. Sees every other package; none sees it. */
@NullMarked
package tokenly.app;

import org.jspecify.annotations.NullMarked;
