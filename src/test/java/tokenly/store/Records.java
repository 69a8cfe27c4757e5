package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import tokenly.session.Credentials;
import tokenly.session.EndReason;
import tokenly.session.Epoch;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.Message;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** Short words for what the tests of stores write and read. */
public final class Records {

    static final RoomId ROOM = new RoomId("room");
    static final Epoch EPOCH = new Epoch("first");

    private Records() {}

    public static SessionId id(String value) {
        return new SessionId(value);
    }

    public static Credentials credentials(long attempt) {
        return new Credentials(new KeyHash("k".repeat(43)), new Instance("page"), attempt);
    }

    public static Change created(String id) {
        return new Change.Created(id(id), ROOM, EPOCH, credentials(1), Role.OPEN);
    }

    public static Change restarted(String id, String epoch) {
        return new Change.Restarted(id(id), new Epoch(epoch), credentials(2));
    }

    public static Change taken(String id, long seq) {
        return new Change.Taken(id(id), seq);
    }

    public static Change appended(String id, long seq, Message message) {
        return new Change.Appended(id(id), seq, message);
    }

    public static Change trimmed(String id, long ackedSeq) {
        return new Change.Trimmed(id(id), ackedSeq);
    }

    public static Change overflowed(String id) {
        return new Change.Overflowed(id(id));
    }

    public static Change ended(String id) {
        return new Change.Ended(id(id), EndReason.LEFT);
    }

    /** A signal of {@code from}. */
    public static Message signal(String from, long seq, String text) {
        return new Message.Signalled(
                id(from), new Source(EPOCH, seq), new Signal(Signal.Kind.MESSAGE, id("somebody"), text));
    }

    /** A message that is told by its text. */
    public static Message text(String text) {
        return signal("sender", 1, text);
    }

    /** A session that is as it was created, but for its mailbox. */
    public static Image image(String id, long acceptedSeq, long ackedSeq, Message... messages) {
        return new Image(
                id(id), ROOM, EPOCH, credentials(1), Role.OPEN, acceptedSeq, ackedSeq, List.of(messages), false);
    }

    /** A session that is as it was created in that role. */
    public static Image image(String id, Role role) {
        return new Image(id(id), ROOM, EPOCH, credentials(1), role, 0, 0, List.of(), false);
    }

    /** Recovers {@code store}, and returns its sessions by their ids. */
    public static Map<SessionId, Image> sessions(Store store) {
        return byId(store.recover().toCompletableFuture().join().sessions());
    }

    public static Map<SessionId, Image> byId(List<Image> images) {
        return images.stream()
                .collect(Collectors.toMap(
                        Image::session,
                        image -> image,
                        (one, other) -> {
                            throw new AssertionError("a session that is there twice: " + one.session());
                        },
                        TreeMap::new));
    }

    /** The one of {@code sessions} that has that id. */
    public static Image of(Map<SessionId, Image> sessions, String id) {
        return Objects.requireNonNull(sessions.get(id(id)));
    }

    /** Appends, and waits for the answer. */
    public static void write(Store store, Change... changes) {
        store.append(List.of(changes)).toCompletableFuture().join();
    }

    /** Appends to {@code store}, which is open on {@code disk}, at a moment when nobody can write; so {@code changes} wait. */
    static CompletableFuture<?> appendToWait(FakeDisk disk, JournalStore store, Change... changes) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        disk.whenLocked = () -> store.append(List.of(changes)).whenComplete((written, failure) -> {
            if (failure == null) {
                answer.complete("written");
            } else {
                answer.completeExceptionally(failure);
            }
        });
        assertThat(store.recover().toCompletableFuture()).isCompletedExceptionally(); // it is open already
        disk.whenLocked = () -> {};
        assertThat(answer).isNotDone();
        return answer;
    }
}
