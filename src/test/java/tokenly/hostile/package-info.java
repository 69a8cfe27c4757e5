/**
 * Attacks by raw sockets on a real server, one class for each kind, while good clients go on.
 *
 * <p>{@link tokenly.hostile.AttackContract} holds what every server keeps during each and after it. The system property {@code
 * hostile.scale} multiplies what attackers do, {@code hostile.heap} is the heap of the server: 256m, 512m or 1g. The Maven
 * profile {@code hostile} runs the long form with all three; {@code -Dhostile.excluded=none} adds the short form to {@code mvn
 * verify}.
 */
@NullMarked
package tokenly.hostile;

import org.jspecify.annotations.NullMarked;
