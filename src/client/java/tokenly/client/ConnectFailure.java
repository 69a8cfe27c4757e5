package tokenly.client;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/** Why a connection could not be opened or has broken, as {@link ClientListener#lost} gets it. */
final class ConnectFailure {

    /** A server of before tokenly.v1, or a proxy that drops the header. */
    static final String NOT_RESUMABLE = "not-resumable: the handshake agreed on no subprotocol;"
            + " behind a proxy that drops Sec-WebSocket-Protocol, add ?protocol=tokenly.v1 to the address";

    /** The application gave no address before the time of the attempt was up. */
    static final String ADDRESS_LATE = "address-failed: the function returned none in time";

    private ConnectFailure() {}

    /** Names the HTTP status of a handshake that was refused, and when to come back if the server has said so. */
    static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            HttpResponse<?> response = refused.getResponse();
            return CloseEvent.refusal(response.statusCode(), response.headers().firstValue("Retry-After"));
        }
        return String.valueOf(cause);
    }

    /** The application gave no address; what its exception says may hold a token of that address, and is not repeated. */
    static String address(Throwable failure) {
        return "address-failed: the function failed with "
                + cause(failure).getClass().getName();
    }

    /** What a stage of the application has failed with. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
