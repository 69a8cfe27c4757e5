/**
 * Attacks by raw sockets on a real server, one class for each kind, while good clients go on.
 *
 * <p>{@link tokenly.hostile.AttackContract} holds what every server keeps during each and after it. The system property {@code
 * hostile.scale} multiplies what attackers do, {@code hostile.heap} is the heap of the server: 256m, 512m or 1g. {@code mvn
 * verify} runs the short form, {@code mvn verify -Phostile} the long one with all three.
 */
@NullMarked
package tokenly.hostile;

import org.jspecify.annotations.NullMarked;
