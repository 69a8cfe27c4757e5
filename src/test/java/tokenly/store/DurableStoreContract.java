package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.EPOCH;
import static tokenly.store.Records.ROOM;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.credentials;
import static tokenly.store.Records.ended;
import static tokenly.store.Records.id;
import static tokenly.store.Records.image;
import static tokenly.store.Records.overflowed;
import static tokenly.store.Records.restarted;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.signal;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tokenly.session.Epoch;
import tokenly.session.Message;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** What every store promises that keeps what is written. */
public abstract class DurableStoreContract extends StoreContract {

    /** Closes what {@link #open} gave last, and opens the next one over what it has left. */
    protected abstract Store reopen() throws Exception;

    private Map<SessionId, Image> after(Change... changes) throws Exception {
        Store store = open();
        sessions(store);
        write(store, created("a"));
        write(store, changes);
        return sessions(reopen());
    }

    @Test
    void aSessionIsWhatItsChangesSay() throws Exception {
        assertThat(after(taken("a", 1), appended("a", 1, text("one")), appended("a", 2, text("two")), trimmed("a", 1)))
                .containsExactly(Map.entry(id("a"), image("a", 1, 1, text("two"))));
    }

    @Test
    void itLacksNothingAfterItWasClosed() throws Exception {
        sessions(open());
        assertThat(reopen().recover().toCompletableFuture().join().isComplete()).isTrue();
    }

    @Test
    void aSignalIsKeptToTheLastCharacter() throws Exception {
        Message message =
                signal("peer \ud83d\ude00", 1L << 52, ",\"sdp\":\"v=0\\r\\n\\ud800 \u00e4\u20ac\ud83d\ude00\"");
        assertThat(after(appended("a", 1, message))).containsValue(image("a", 0, 0, message));
    }

    @Test
    void aPlainSessionHasNoCredentials() throws Exception {
        assertThat(after(new Change.Created(id("b"), ROOM, EPOCH, null, Role.OPEN)))
                .containsEntry(id("b"), new Image(id("b"), ROOM, EPOCH, null, Role.OPEN, 0, 0, List.of(), false));
    }

    @Test
    void aRoleIsKept() throws Exception {
        Role role = new Role("owner", true, false);
        assertThat(after(
                        new Change.Created(id("b"), ROOM, EPOCH, credentials(1), role),
                        taken("b", 1),
                        restarted("b", "second")))
                .extractingByKey(id("b"))
                .extracting(Image::role)
                .isEqualTo(role);
    }

    @Test
    void resumedChangesTheCredentialsOnly() throws Exception {
        assertThat(after(appended("a", 1, text("one")), new Change.Resumed(id("a"), credentials(7))))
                .containsValue(
                        new Image(id("a"), ROOM, EPOCH, credentials(7), Role.OPEN, 0, 0, List.of(text("one")), false));
    }

    @Test
    void restartedBeginsAtOne() throws Exception {
        assertThat(after(
                        taken("a", 5),
                        appended("a", 1, text("old")),
                        trimmed("a", 1),
                        appended("a", 2, text("old, too")),
                        restarted("a", "second"),
                        appended("a", 1, text("new"))))
                .containsValue(new Image(
                        id("a"),
                        ROOM,
                        new Epoch("second"),
                        credentials(2),
                        Role.OPEN,
                        0,
                        0,
                        List.of(text("new")),
                        false));
    }

    @Test
    void overflowedEmptiesTheMailboxUntilItIsRestarted() throws Exception {
        assertThat(after(
                        appended("a", 1, text("one")), appended("a", 2, text("two")), trimmed("a", 1), overflowed("a")))
                .containsValue(new Image(id("a"), ROOM, EPOCH, credentials(1), Role.OPEN, 0, 1, List.of(), true));
        Store again = reopen();
        sessions(again);
        write(again, restarted("a", "second"), appended("a", 1, text("new")));
        assertThat(sessions(reopen()))
                .containsValue(new Image(
                        id("a"),
                        ROOM,
                        new Epoch("second"),
                        credentials(2),
                        Role.OPEN,
                        0,
                        0,
                        List.of(text("new")),
                        false));
    }

    @Test
    void endedIsNoMore() throws Exception {
        assertThat(after(appended("a", 1, text("one")), ended("a"))).isEmpty();
    }

    @Test
    void aLateWordAboutASessionThatEndedBringsNothingBack() throws Exception {
        assertThat(after(ended("a"), trimmed("a", 1), taken("a", 1))).isEmpty();
    }

    @Test
    void anIdThatEndedMayBeginAgain() throws Exception {
        Change anew = new Change.Created(id("a"), new RoomId("other"), new Epoch("other"), null, Role.OPEN);
        assertThat(after(taken("a", 1), appended("a", 1, text("one")), ended("a"), anew, taken("a", 1)))
                .containsValue(new Image(
                        id("a"), new RoomId("other"), new Epoch("other"), null, Role.OPEN, 1, 0, List.of(), false));
    }

    @Test
    void whatIsTrimmedTwiceIsTrimmedOnce() throws Exception {
        assertThat(after(
                        appended("a", 1, text("one")),
                        appended("a", 2, text("two")),
                        trimmed("a", 2),
                        trimmed("a", 1),
                        appended("a", 3, text("three"))))
                .containsValue(image("a", 0, 2, text("three")));
    }

    @Test
    void itGoesOnWhereItEnded() throws Exception {
        Store store = open();
        sessions(store);
        write(store, created("a"), appended("a", 1, text("1")));
        for (int seq = 2; seq <= 20; seq++) {
            Store next = reopen();
            assertThat(sessions(next).values().iterator().next().messages()).hasSize(seq - 1);
            write(next, appended("a", seq, text(String.valueOf(seq))));
        }
        assertThat(sessions(reopen()).values().iterator().next().messages())
                .hasSize(20)
                .endsWith(text("20"));
    }

    @Test
    void whatAllRoomsWroteIsThereInOrder() throws Exception {
        Store store = open();
        sessions(store);
        writeFromAllRooms(store);

        Map<SessionId, Image> sessions = sessions(reopen());

        assertThat(sessions).hasSize(ROOMS);
        Message[] kept = {text("396"), text("397"), text("398"), text("399"), text("400")};
        assertThat(sessions.values()).allSatisfy(image -> {
            assertThat(image.ackedSeq()).isEqualTo(385);
            assertThat(image.messages()).hasSize(15).endsWith(kept);
        });
    }
}
