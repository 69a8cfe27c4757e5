/** What holds for any bytes at all. Jazzer looks for those for which it does not; {@code mvn verify} replays what it has found worth keeping. */
@NullMarked
package tokenly.fuzz;

import org.jspecify.annotations.NullMarked;
