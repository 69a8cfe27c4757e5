package tokenly.tool.verify.clients;

import java.net.URI;
import java.util.function.IntFunction;
import tokenly.tool.server.AccessToken;

/**
 * How the clients of a run reach its server.
 *
 * @param ofGroup where each group connects, which has faults of its own
 * @param direct where those connect that have none
 * @param token that all of them show
 */
public record Routes(IntFunction<URI> ofGroup, URI direct, AccessToken token) {}
