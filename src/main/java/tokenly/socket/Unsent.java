package tokenly.socket;

import tokenly.protocol.Utf8;
import tokenly.session.ServerEvent;
import tokenly.wire.Encoder;
import tokenly.wire.IceServers;

/** A message that waits for its turn in an outbox. */
sealed interface Unsent {

    /** About how long it is in UTF-8; exactly where it has been encoded. */
    int bytes();

    String text();

    /** One that is encoded. */
    record Encoded(String text, int bytes) implements Unsent {}

    /** One that is encoded when it is sent: until then, all its readers share it. */
    record Shared(ServerEvent.Delivery delivery, int bytes) implements Unsent {

        @Override
        public String text() {
            return Encoder.encode(delivery);
        }
    }

    static Unsent of(String text) {
        return new Encoded(text, Utf8.length(text));
    }

    static Unsent of(ServerEvent.Delivery delivery) {
        return new Shared(delivery, Encoder.estimate(delivery));
    }

    /** One that the model sends, with {@code ice} where {@link Encoder#encode(ServerEvent, IceServers)} names them. */
    static Unsent of(ServerEvent event, IceServers ice) {
        return event instanceof ServerEvent.Delivery delivery ? of(delivery) : of(Encoder.encode(event, ice));
    }
}
