package tokenly.status;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The fields of {@code GET /info}: what is set on this server. It names no address and no secret.
 *
 * @param turn whether clients get a TURN server, without which calls over some networks fail
 * @param stun whether clients get a STUN server
 * @param token whether clients are asked for tokens
 */
@JsonbPropertyOrder({"turn", "stun", "token"})
public record InfoJson(
        @JsonbProperty("turn") boolean turn,
        @JsonbProperty("stun") boolean stun,
        @JsonbProperty("token") boolean token) {}
