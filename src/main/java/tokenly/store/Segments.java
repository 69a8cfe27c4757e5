package tokenly.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The files of the log, the oldest first, their numbers without a gap. Belongs to the thread that has the write permit. */
final class Segments {

    private final List<Segment> segments = new ArrayList<>();

    void add(Segment segment) {
        segments.add(segment);
    }

    /** All of them, the oldest first; a view. */
    List<Segment> all() {
        return segments;
    }

    int count() {
        return segments.size();
    }

    Segment oldest() {
        return segments.get(0);
    }

    Segment newest() {
        return segments.get(segments.size() - 1);
    }

    void removeOldest() {
        segments.remove(0);
    }

    /** Forces all of them to the medium. */
    void forceAll() throws IOException {
        for (Segment segment : segments) {
            segment.forceAgain();
        }
    }

    /** What stands at {@code location} is needed. */
    void retain(RecordLocation location) {
        segment(location).retain(location.bytes());
    }

    /** What stands at {@code location} is needed no more. */
    void release(RecordLocation location) {
        segment(location).release(location.bytes());
    }

    private Segment segment(RecordLocation location) {
        return segments.get(location.segment() - oldest().number());
    }

    /** Bytes on the disk. */
    long bytes() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    /** Bytes that are still needed. */
    long livingBytes() {
        return segments.stream().mapToLong(Segment::livingBytes).sum();
    }
}
