/**
 * Tokenly as its users meet it: a real server in a process of its own, real sockets, and PROTOCOL.md as the yardstick.
 *
 * <p>{@link tokenly.tool.server.TokenlyServer} starts one on any {@link tokenly.tool.server.ServerKind}; {@link
 * tokenly.scenario.RtcPeer}, {@link tokenly.scenario.RawRtc} and {@link tokenly.tool.server.StatusProbe} are the ways to talk
 * to it. {@link tokenly.scenario.ServerContract} holds what every server keeps.
 */
@NullMarked
package tokenly.scenario;

import org.jspecify.annotations.NullMarked;
