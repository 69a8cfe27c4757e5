/**
 * A kill at every single change of the disk: {@link tokenly.tool.verify.crash.EveryWrite} plays a small history on the real
 * model and the real store once for each, and has the checks of {@code tokenly verify} judge each of them.
 */
@NullMarked
package tokenly.tool.verify.crash;

import org.jspecify.annotations.NullMarked;
