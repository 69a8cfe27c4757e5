/**
 * The WebSocket edge: the endpoint {@code /rtc}, one {@link tokenly.socket.SocketConnection} per socket, and the
 * heartbeat that finds the dead ones. The only package that knows {@code jakarta.websocket}:
 * {@code Session} is the container's socket here, and never the model's session.
 */
@NullMarked
package tokenly.socket;

import org.jspecify.annotations.NullMarked;
