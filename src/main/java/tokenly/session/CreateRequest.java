package tokenly.session;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** {@code holder} asks for session {@code id} in room {@code roomId}; {@code credentials} is null if it is a plain client. */
record CreateRequest(
        ConnectionSessions holder,
        SessionId id,
        RoomId roomId,
        @Nullable Credentials credentials) {

    /** As what its client would be in the room now. */
    Role asker() {
        return holder.connection.permit().role();
    }

    CompletionStage<?> refuse(ErrorCode refusal) {
        holder.connection.send(new ServerEvent.CreateRefused(id, refusal));
        return RoomExecutor.DONE;
    }

    /** The connection has not taken the session: it is gone, or has shown a token meanwhile that does not grant it. */
    CompletionStage<?> refuseUnlessGone() {
        boolean isGranted = holder.connection.permit().mayEnter(roomId, id);
        return isGranted ? RoomExecutor.DONE : refuse(ErrorCode.NOT_ALLOWED);
    }
}
