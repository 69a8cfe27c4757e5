package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.EPOCH;
import static tokenly.store.Records.ROOM;
import static tokenly.store.Records.byId;
import static tokenly.store.Records.created;
import static tokenly.store.Records.id;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.Credentials;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.ResumeKey;
import tokenly.session.Role;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** A log of the first version of the format: keys stand where their hashes stand now, and there is no head. */
class FirstVersionTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final String KEY = "an-old-key-".repeat(4).substring(0, 43);
    private static final Credentials RAW =
            new Credentials(new KeyHash(KEY), new Instance("page"), 1); // what has the form of a hash
    private static final Credentials HASHED = new Credentials(new ResumeKey(KEY).hash(), new Instance("page"), 1);

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    private FakeDisk disk = new FakeDisk();
    private JournalStore store = new JournalStore(disk, RUN, 400);

    @BeforeEach
    void writeAsTheFirstVersionDid() {
        RecordBatch batch = new RecordBatch();
        batch.add(Entry.of(List.of(
                new Change.Created(id("a"), ROOM, EPOCH, RAW, Role.OPEN),
                new Change.Created(id("b"), ROOM, EPOCH, RAW, Role.OPEN))));
        batch.add(Entry.of(List.of(new Change.Resumed(id("a"), RAW), new Change.Appended(id("a"), 1, text("kept")))));
        Entry.Snapshot snapshot =
                new Entry.Snapshot(new Image(id("c"), ROOM, EPOCH, RAW, Role.OPEN, 0, 0, List.of(), false), false);
        batch.add(new Entry(List.of(snapshot), List.of()));
        ByteBuffer header = new SegmentHeader(1, 0, RUN, false, SegmentHeader.NO_GENERATION).encode();
        assertThat(header.get(7)).as("the version").isEqualTo((byte) 1);
        ByteBuffer file = ByteBuffer.allocate(header.remaining() + batch.length());
        disk.files.put(Segment.name(1), file.put(header).put(batch.bytes()).array());
    }

    private Store.Recovered start() {
        disk = disk.afterKill();
        store = new JournalStore(disk, RUN, 400);
        return store.recover().toCompletableFuture().join();
    }

    @Test
    void itsKeysAreHashedAndNothingIsMissing() {
        Store.Recovered found = start();
        assertThat(found.isComplete()).isTrue();
        assertThat(log.lines(Level.WARNING)).isEmpty();
        Map<SessionId, Image> sessions = byId(found.sessions());
        assertThat(sessions.keySet()).containsExactly(id("a"), id("b"), id("c"));
        assertThat(sessions.values()).extracting(Image::credentials).containsOnly(HASHED);
        assertThat(Records.of(sessions, "a").messages()).containsExactly(text("kept"));
    }

    @Test
    void keysAreHashedOnceHoweverLongTheyStay() {
        start();
        write(store, created("d"));
        for (int seq = 1; disk.files.containsKey(Segment.name(1)); seq++) { // which says then what they are once more
            write(store, Records.taken("d", seq));
        }
        assertThat(Records.of(byId(start().sessions()), "b"))
                .extracting(Image::credentials)
                .isEqualTo(HASHED);
    }

    @Test
    void aKillOfItsFirstStartLooksLikeNoLoss() {
        boolean hasCrashed = true;
        FakeDisk old = disk;
        for (int step = 1; hasCrashed; step++) {
            disk = old.afterKill();
            disk.crashAt(step, true);
            new JournalStore(disk, RUN, 400).recover();
            hasCrashed = disk.hasCrashed();
            assertThat(start().isComplete()).as("killed at step %d", step).isTrue();
        }
        assertThat(log.lines(Level.WARNING)).noneMatch(text -> text.contains("not as it was left"));
    }
}
