package tokenly.tool.faults;

/**
 * What went one way.
 *
 * @param passed bytes that were written to the receiver
 * @param held bytes that were read from the sender and not yet written: faults hold them back, or the receiver is slow
 */
public record Traffic(long passed, long held) {

    static final Traffic NONE = new Traffic(0, 0);

    Traffic plus(Traffic other) {
        return new Traffic(passed + other.passed, held + other.held);
    }
}
