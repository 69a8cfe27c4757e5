package tokenly.tool.load.bench;

import java.util.Locale;
import tokenly.tool.load.ws.SocketOptions;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.server.ServerKind;

/** Who is measured. */
public enum ServerUnderTest {

    /** A relay that keeps no message and no session, on the same kind of server. */
    PLAIN {
        @Override
        SocketOptions manner() {
            return SocketOptions.PLAIN;
        }

        @Override
        BenchPeer member(WebSocketClient client, PeerAddress seat, BenchListener ears) {
            return new PlainMember(client, seat, ears);
        }

        @Override
        ServerKind server() {
            return ServerKind.PLAIN_RELAY;
        }
    },

    /** Tokenly, with nothing in its store. */
    EMPTY,

    /** Tokenly, with resumable clients. */
    TOKENLY;

    /** How its clients connect. */
    SocketOptions manner() {
        return new SocketOptions("tokenly.v1.batched", SocketOptions.PLAIN.slack());
    }

    /** A peer that speaks as it wants to be spoken to. */
    BenchPeer member(WebSocketClient client, PeerAddress seat, BenchListener ears) {
        return new ResumableMember(client, seat, ears);
    }

    /** What it runs on. */
    ServerKind server() {
        return ServerKind.JETTY;
    }

    /** Its name in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
