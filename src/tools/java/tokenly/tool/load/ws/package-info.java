/**
 * The WebSocket clients that put load on a server: connections without a session, a reconnect or a heartbeat of their own.
 * {@link tokenly.tool.load.ws.NioClient} is the one for many connections.
 */
@NullMarked
package tokenly.tool.load.ws;

import org.jspecify.annotations.NullMarked;
