/**
 * The clients of a run: a {@link tokenly.tool.verify.troupe.ClientFleet} of {@link tokenly.tool.verify.troupe.ClientProgram}s, each a
 * session's program, and the {@link tokenly.tool.verify.troupe.Tap} that writes down what passes on a client's connections.
 */
@NullMarked
package tokenly.tool.verify.troupe;

import org.jspecify.annotations.NullMarked;
