package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.image;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.nio.ByteBuffer;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.CapturedLog;
import tokenly.session.Role;
import tokenly.session.Store.Change;

/** Logs of the second and third versions of the format, in which sessions have no role. The first has a test of its own. */
class OlderVersionsTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    @ParameterizedTest
    @ValueSource(bytes = {2, 3})
    void isReadAndGoneOnWith(byte version) {
        FakeDisk disk = new FakeDisk();
        JournalStore store = new JournalStore(disk, RUN, 400);
        Records.sessions(store);
        write(store, created("a"), appended("a", 1, text("kept")));
        writtenBy(version, disk.bytes(Segment.name(1)));

        FakeDisk after = disk.afterKill();
        JournalStore now = new JournalStore(after, RUN, 400);
        assertThat(Records.sessions(now)).containsValue(image("a", 0, 0, text("kept")));
        Role role = new Role("owner", true, false);
        write(now, new Change.Created(Records.id("b"), Records.ROOM, Records.EPOCH, Records.credentials(1), role));

        assertThat(after.bytes(Segment.name(1))[7])
                .as("nothing is written to an old file")
                .isEqualTo(version);
        assertThat(Records.sessions(new JournalStore(after.afterKill(), RUN, 400)))
                .containsValues(image("a", 0, 0, text("kept")), image("b", role));
        assertThat(log.lines(Level.WARNING)).isEmpty();
    }

    private static void writtenBy(byte version, byte[] file) {
        ByteBuffer header = ByteBuffer.wrap(file).put(7, version);
        int checked = SegmentHeader.LENGTH - Integer.BYTES;
        header.putInt(checked, LogFormat.check(file, 0, checked));
    }
}
