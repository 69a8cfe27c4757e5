package tokenly.wire;

/** The {@code code} of an {@code error} frame that answers a frame before the model sees it (PROTOCOL.md, "Error codes"). */
public enum ErrorCode {
    BAD_JSON,
    BAD_FRAME,
    UNKNOWN_TYPE,
    BAD_ID,
    RATE_LIMITED
}
