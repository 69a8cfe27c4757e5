package tokenly.postgres;

import java.util.ArrayList;
import java.util.List;

/** One change of one file of a shard. Done once, in the state that the step before it has left. */
sealed interface Step {

    /** About so much memory a step takes besides its bytes. */
    long OVERHEAD_BYTES = 100;

    String file();

    /** About what it takes in memory. */
    default long size() {
        return OVERHEAD_BYTES;
    }

    /** {@code bytes} stand behind the {@code position} bytes that the file has. They must not be changed. */
    @SuppressWarnings("ArrayRecordComponent") // no step is compared with another
    record Append(String file, long position, byte[] bytes) implements Step {
        @Override
        public long size() {
            return OVERHEAD_BYTES + bytes.length;
        }
    }

    /** {@code bytes} take the place of as many, all in one chunk. */
    @SuppressWarnings("ArrayRecordComponent")
    record Overwrite(String file, long position, byte[] bytes) implements Step {
        @Override
        public long size() {
            return OVERHEAD_BYTES + bytes.length;
        }
    }

    /** Nothing stands from {@code position} on. */
    record Truncate(String file, long position) implements Step {}

    /** The file is no more. */
    record Delete(String file) implements Step {}

    /**
     * What takes {@code steps} back as far as it matters, in order. Of a file that was overwritten, truncated or deleted although that was
     * said to have failed, a journal expects nothing: on a disk, too, it may be so.
     */
    static List<Step> inverse(List<Step> steps) {
        List<Step> inverse = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Append append) {
                inverse.add(0, new Truncate(append.file(), append.position()));
            }
        }
        return inverse;
    }
}
