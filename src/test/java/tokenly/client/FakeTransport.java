package tokenly.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tokenly.client.json.JsonObject;

/** Connections to a test, which says what comes from the server. For one thread. */
final class FakeTransport implements Transport {

    final List<FakeLink> links = new ArrayList<>();

    @Override
    public Link open(Address address, Listener listener, Duration connectTimeout) {
        FakeLink link = new FakeLink(address, listener);
        links.add(link);
        return link;
    }

    FakeLink last() {
        return links.get(links.size() - 1);
    }

    /** One connection, or the attempt to have one. */
    static final class FakeLink implements Link {

        final Address address;
        final Listener listener;
        private final List<String> sent = new ArrayList<>();
        int closedWith;
        boolean isAborted;
        Progress progress = Progress.NONE;

        FakeLink(Address address, Listener listener) {
            this.address = address;
            this.listener = listener;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public void send(String frame) {
            sent.add(frame);
        }

        @Override
        public void close(int code) {
            closedWith = code;
        }

        @Override
        public void abort() {
            isAborted = true;
        }

        /** A frame comes from the server; quotes are written as apostrophes. */
        void say(String frame) {
            listener.text(frame.replace('\'', '"'));
        }

        /** All frames since the last call. */
        List<String> sent() {
            List<String> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }

        /** All frames of that type since the last call of this or {@link #sent}. */
        List<JsonObject> sent(String type) {
            return sent().stream()
                    .map(JsonObject::parse)
                    .filter(frame -> frame.text("type").orElseThrow().equals(type))
                    .toList();
        }
    }
}
