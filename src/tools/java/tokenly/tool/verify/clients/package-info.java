/**
 * The clients of a run: a {@link tokenly.tool.verify.clients.ClientFleet} of {@link tokenly.tool.verify.clients.ClientProgram}s, each a
 * session's program, and the {@link tokenly.tool.verify.clients.Tap} that writes down what passes on a client's connections.
 */
@NullMarked
package tokenly.tool.verify.clients;

import org.jspecify.annotations.NullMarked;
