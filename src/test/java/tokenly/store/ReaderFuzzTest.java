package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tokenly.fuzz.Corpus;

/** Any bytes are an entry, which is written and read again as the same, or are refused by an exception; no length is believed. */
public class ReaderFuzzTest {

    /** Any bytes as an entry. */
    public static final class Entries {

        public static void fuzzerTestOneInput(byte[] bytes) {
            entry(bytes);
        }
    }

    /** Any bytes as a segment. */
    public static final class Segments {

        public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
            segment(bytes);
        }
    }

    @TestFactory
    List<DynamicTest> replaysItsCorpus() throws IOException {
        return List.of(
                Corpus.replay("entry", Entries::fuzzerTestOneInput),
                Corpus.replay("segment", Segments::fuzzerTestOneInput));
    }

    private static void entry(byte[] bytes) {
        Entry entry;
        try {
            entry = new EntryDecoder().decode(bytes, 0, bytes.length);
        } catch (RuntimeException noEntry) { // what its documentation promises
            return;
        }
        byte[] again = encoded(entry);
        assertThat(new EntryDecoder().decode(again, LogFormat.FRAME_BYTES, again.length))
                .isEqualTo(entry);
    }

    /** The records that a segment holds fill it up to its end, or to the first place that is no record. */
    private static void segment(byte[] bytes) throws IOException {
        try (SegmentReader reader = new SegmentReader(new Bytes(bytes), 0, bytes.length)) {
            int end = 0;
            SegmentReader.Found found = reader.next();
            while (found == SegmentReader.Found.RECORD) {
                assertThat(reader.offset()).isEqualTo(end);
                end = reader.bodyEnd() + reader.shift();
                found = reader.next();
            }
            assertThat(reader.offset()).isEqualTo(end);
            assertThat(found == SegmentReader.Found.END).isEqualTo(end == bytes.length);
            reader.findsLaterBatch();
        }
    }

    private static byte[] encoded(Entry entry) {
        RecordBatch batch = new RecordBatch();
        batch.add(entry);
        ByteBuffer bytes = batch.bytes();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /** A file to read. */
    private static final class Bytes implements Disk.OpenFile {

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer to, long position) {
            if (position >= bytes.length) {
                return -1;
            }
            int count = Math.min(to.remaining(), bytes.length - (int) position);
            to.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int write(ByteBuffer from, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
