package tokenly.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tokenly.protocol.Subprotocol;
import tokenly.session.Epoch;
import tokenly.session.Message;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Source;
import tokenly.wire.BadFrameException;
import tokenly.wire.Decoder;
import tokenly.wire.Encoder;
import tokenly.wire.ErrorFrames;
import tokenly.wire.Incoming;

/** Any text is a frame, or is refused with an answer that is a frame; what is passed on of a signal is JSON again. */
public class DecoderFuzzTest {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final SessionId RECEIVER = new SessionId("receiver");

    /** Any text from a plain client. */
    public static final class Plain {

        public static void fuzzerTestOneInput(byte[] bytes) {
            decode(new String(bytes, StandardCharsets.UTF_8), Subprotocol.PLAIN);
        }
    }

    /** Any text from a resumable client. */
    public static final class Resumable {

        public static void fuzzerTestOneInput(byte[] bytes) {
            decode(new String(bytes, StandardCharsets.UTF_8), Subprotocol.RESUMABLE);
        }
    }

    /** The sessions of a {@code resume}, whose frame is right around them. */
    public static final class Resume {

        public static void fuzzerTestOneInput(byte[] bytes) {
            String sessions = new String(bytes, StandardCharsets.UTF_8);
            String frame = "{\"type\":\"resume\",\"instance\":\"i\",\"attempt\":2,\"sessions\":[" + sessions + "]}";
            decode(frame, Subprotocol.RESUMABLE);
        }
    }

    @TestFactory
    List<DynamicTest> replaysItsCorpus() throws IOException {
        return List.of(
                Corpus.replay("plain", Plain::fuzzerTestOneInput),
                Corpus.replay("resumable", Resumable::fuzzerTestOneInput),
                Corpus.replay("resume", Resume::fuzzerTestOneInput));
    }

    private static void decode(String text, Subprotocol subprotocol) {
        try {
            check(Decoder.decode(text, subprotocol));
        } catch (BadFrameException bad) {
            readJson(ErrorFrames.badFrame(bad));
        }
    }

    private static void check(Incoming incoming) {
        if (incoming instanceof Incoming.Signalling signalling) {
            Source source = new Source(new Epoch("e"), Math.max(1, signalling.seq()));
            Message message = new Message.Signalled(signalling.session(), source, signalling.signal());
            String relayed = Encoder.encode(new ServerEvent.Delivery(RECEIVER, 1, message));
            assertThat(relayed).contains("\"session_id\":\"receiver\"");
            readJson(relayed);
        } else if (incoming instanceof Incoming.Ping ping) {
            readJson(Encoder.pong(ping.id()));
        } else {
            assertThat(incoming.toString()).isNotEmpty();
        }
    }

    /** Throws unless {@code text} is one JSON object whose own names are all different. */
    private static void readJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            Set<String> names = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                assertThat(names.add(parser.currentName())).as(text).isTrue();
                parser.nextToken();
                parser.skipChildren();
            }
            assertThat(parser.nextToken()).isNull();
        } catch (IOException broken) {
            throw new AssertionError(text, broken);
        }
    }
}
