package tokenly.client;

import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/**
 * A signal that a peer has received.
 *
 * @param kind its {@code type} on the wire
 * @param from the sender's session
 * @param to as the sender wrote it: the receiver's session, or null if it was for all others in the room
 * @param seq its number in the receiver's mailbox
 * @param source its number at its sender
 * @param fields the opaque ones, as they were sent
 */
public record Delivery(
        Signal.Kind kind, String from, @Nullable String to, long seq, Receipt source, JsonObject fields) {}
