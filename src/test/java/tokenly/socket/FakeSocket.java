package tokenly.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** The far side of the container's socket: what was sent, pinged and closed; sends may hang. */
final class FakeSocket {

    final List<String> sent = new ArrayList<>();
    final List<Integer> closeCodes = new ArrayList<>();
    final List<String> closeReasons = new ArrayList<>();
    final Map<String, Object> userProperties = new HashMap<>();
    final Queue<SendHandler> hanging = new ArrayDeque<>();
    String subprotocol = "";
    int pings;
    ByteBuffer lastPing = ByteBuffer.allocate(0);
    final Map<String, List<String>> parameters = new HashMap<>(); // of the address
    boolean hangs;

    private final RemoteEndpoint.Async remote = (RemoteEndpoint.Async) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RemoteEndpoint.Async.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "sendPing" -> {
                        pings++;
                        lastPing = ((ByteBuffer) arguments[0]).duplicate();
                    }
                    case "sendText" -> send((String) arguments[0], (SendHandler) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.toString());
                }
                return null;
            });

    final Session session = (Session) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                return switch (method.getName()) {
                    case "getAsyncRemote" -> remote;
                    case "getId" -> "fake";
                    case "getNegotiatedSubprotocol" -> subprotocol;
                    case "getUserProperties" -> userProperties;
                    case "getRequestParameterMap" -> parameters;
                    case "setMaxIdleTimeout" -> null;
                    case "close" -> {
                        CloseReason reason = (CloseReason) arguments[0];
                        closeCodes.add(reason.getCloseCode().getCode());
                        closeReasons.add(reason.getReasonPhrase());
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                };
            });

    private void send(String text, SendHandler whenSent) {
        sent.add(text);
        if (hangs) {
            hanging.add(whenSent);
        } else {
            whenSent.onResult(new SendResult());
        }
    }
}
