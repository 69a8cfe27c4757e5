package tokenly.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reference of what a store keeps: its records, one after the other, are these sessions. Refuses what makes no sense. */
public final class StoreFold {

    private final Map<SessionId, Store.Image> images = new HashMap<>();
    private final Map<Place, Message> appended = new HashMap<>();
    private final Map<Source, SessionId> taken = new HashMap<>();

    /** Of a message that ever stood in a mailbox. */
    private record Place(SessionId session, Epoch epoch, long seq) {}

    /** Writes one more record. */
    public void apply(List<Store.Change> record) {
        record.forEach(this::apply);
    }

    private void apply(Store.Change change) {
        if (change instanceof Store.Change.Created created) {
            Store.Image fresh = new Store.Image(
                    created.session(),
                    created.room(),
                    created.epoch(),
                    created.credentials(),
                    created.role(),
                    0,
                    0,
                    List.of(),
                    false);
            require(images.put(created.session(), fresh) == null, change, "of a session that exists");
            return;
        }
        Store.Image image = images.get(change.session());
        if (image == null) {
            throw new AssertionError("the store is given a change of no session: " + change);
        }
        if (change instanceof Store.Change.Ended) {
            images.remove(change.session());
        } else {
            images.put(change.session(), next(image, change));
        }
    }

    private Store.Image next(Store.Image image, Store.Change change) {
        if (change instanceof Store.Change.Resumed resumed) {
            return with(image, resumed.credentials(), image.acceptedSeq(), image.ackedSeq(), image.messages());
        }
        if (change instanceof Store.Change.Restarted restarted) {
            return new Store.Image(
                    image.session(),
                    image.room(),
                    restarted.epoch(),
                    restarted.credentials(),
                    image.role(),
                    0,
                    0,
                    List.of(),
                    false);
        }
        if (change instanceof Store.Change.Taken signal) {
            require(signal.seq() == image.acceptedSeq() + 1, change, "leaves a number out");
            taken.put(new Source(image.epoch(), signal.seq()), image.session());
            return with(image, image.credentials(), signal.seq(), image.ackedSeq(), image.messages());
        }
        if (change instanceof Store.Change.Appended append) {
            return appended(image, append);
        }
        if (change instanceof Store.Change.Trimmed trim) {
            int done = (int) (trim.ackedSeq() - image.ackedSeq());
            require(done >= 0 && done <= image.messages().size(), change, "of what is not there");
            List<Message> left = image.messages().subList(done, image.messages().size());
            return with(image, image.credentials(), image.acceptedSeq(), trim.ackedSeq(), List.copyOf(left));
        }
        require(change instanceof Store.Change.Overflowed && !image.hasOverflowed(), change, "is unexpected");
        return new Store.Image(
                image.session(),
                image.room(),
                image.epoch(),
                image.credentials(),
                image.role(),
                image.acceptedSeq(),
                image.ackedSeq(),
                List.of(),
                true);
    }

    private Store.Image appended(Store.Image image, Store.Change.Appended append) {
        long last = image.ackedSeq() + image.messages().size();
        require(append.seq() == last + 1 && !image.hasOverflowed(), append, "does not follow " + last);
        if (append.message() instanceof Message.Signalled signalled) {
            require(signalled.from().equals(taken.get(signalled.source())), append, "was never taken");
        }
        appended.put(new Place(image.session(), image.epoch(), append.seq()), append.message());
        List<Message> messages = new ArrayList<>(image.messages());
        messages.add(append.message());
        return with(image, image.credentials(), image.acceptedSeq(), image.ackedSeq(), List.copyOf(messages));
    }

    private static Store.Image with(
            Store.Image image,
            @Nullable Credentials credentials,
            long acceptedSeq,
            long ackedSeq,
            List<Message> messages) {
        return new Store.Image(
                image.session(),
                image.room(),
                image.epoch(),
                credentials,
                image.role(),
                acceptedSeq,
                ackedSeq,
                messages,
                image.hasOverflowed());
    }

    private static void require(boolean holds, Store.Change change, String complaint) {
        if (!holds) {
            throw new AssertionError("the store is given nonsense: " + change + " " + complaint);
        }
    }

    /** All sessions that exist. */
    public Collection<Store.Image> images() {
        return images.values();
    }

    Optional<Store.Image> image(SessionId id) {
        return Optional.ofNullable(images.get(id));
    }

    /** Whether {@code message} ever was {@code seq} in the mailbox of {@code session} in {@code epoch}. */
    boolean hasAppended(SessionId session, Epoch epoch, long seq, Message message) {
        return message.equals(appended.get(new Place(session, epoch, seq)));
    }

    /** Whether the signal of that source was ever taken. */
    boolean hasTaken(Source source) {
        return taken.containsKey(source);
    }
}
