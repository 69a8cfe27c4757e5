/**
 * Puts load on a running server and says whether it behaved: {@link tokenly.tool.load.Workload} is what is done to it. A
 * {@link tokenly.tool.load.ConnectionFleet} of {@link tokenly.tool.load.Peer}s, one session and one connection each, goes through
 * {@link tokenly.tool.load.Round}s, and each round becomes a {@link tokenly.tool.load.Phase} of the {@link
 * tokenly.tool.load.Result}.
 */
@NullMarked
package tokenly.tool.load;

import org.jspecify.annotations.NullMarked;
