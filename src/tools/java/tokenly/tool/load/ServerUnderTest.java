package tokenly.tool.load;

import java.util.Locale;
import tokenly.protocol.Subprotocol;
import tokenly.tool.load.ws.SocketOptions;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.server.ServerKind;

/** Who is measured. */
public enum ServerUnderTest {

    /** A relay that keeps no message and no session, on the same kind of server. */
    PLAIN {
        @Override
        SocketOptions options() {
            return SocketOptions.PLAIN;
        }

        @Override
        BenchPeer member(WebSocketClient client, PeerAddress address, BenchListener listener) {
            return new PlainMember(client, address, listener);
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
    SocketOptions options() {
        return SocketOptions.PLAIN.withSubprotocol(Subprotocol.V1_BATCHED);
    }

    /** A client for this server's protocol. */
    BenchPeer member(WebSocketClient client, PeerAddress address, BenchListener listener) {
        return new ResumableMember(client, address, listener);
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
