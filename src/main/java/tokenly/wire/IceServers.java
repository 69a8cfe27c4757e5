package tokenly.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tokenly.session.SessionId;

/** The ICE servers that this server names to its clients, for whom it makes TURN credentials (PROTOCOL.md, "ICE servers"). Thread-safe. */
public final class IceServers {

    public static final IceServers NONE = new IceServers(IceUrls.NONE, null);

    private final IceUrls urls;
    private final @Nullable TurnCredentials credentials; // not null exactly where there are TURN servers

    /**
     * @param credentials for the TURN servers; null exactly if there are none
     * @throws IllegalArgumentException if there is one without the other
     */
    public IceServers(IceUrls urls, @Nullable TurnCredentials credentials) {
        if (urls.turn().isEmpty() != (credentials == null)) {
            throw new IllegalArgumentException("TURN servers and their credentials need each other");
        }
        this.urls = urls;
        this.credentials = credentials;
    }

    public boolean hasStun() {
        return !urls.stun().isEmpty();
    }

    public boolean hasTurn() {
        return credentials != null;
    }

    /** Whether there are any, so that clients are told of them. */
    public boolean areAny() {
        return hasStun() || hasTurn();
    }

    /** {@code ice-servers}: the answer to a client that asks for fresh ones. */
    public String frame(SessionId session) {
        return Encoder.object("ice-servers", session, json -> write(json, session));
    }

    /** Writes the fields of a frame to the client of {@code session}, with a fresh credential; none where there are no servers. */
    void write(JsonGenerator json, SessionId session) throws IOException {
        if (!areAny()) {
            return;
        }
        json.writeArrayFieldStart("ice_servers");
        if (hasStun()) {
            server(json, urls.stun(), null);
        }
        if (credentials != null) {
            server(json, urls.turn(), credentials.issue(session));
        }
        json.writeEndArray();
        if (credentials != null) {
            Encoder.millis(json, "ice_lifetime_ms", credentials.lifetime());
        }
    }

    /** One RTCIceServer (WebRTC 1.0, section 4.2.4). */
    private static void server(JsonGenerator json, List<String> urls, TurnCredentials.@Nullable Credential credential)
            throws IOException {
        json.writeStartObject();
        Encoder.strings(json, "urls", urls.stream());
        if (credential != null) {
            json.writeStringField("username", credential.username());
            json.writeStringField("credential", credential.password());
        }
        json.writeEndObject();
    }
}
