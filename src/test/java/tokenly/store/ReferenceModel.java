package tokenly.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** What changes mean, in the plainest way there is. */
final class ReferenceModel {

    private final Map<SessionId, Image> sessions = new TreeMap<>();

    void apply(List<Change> record) {
        record.forEach(this::apply);
    }

    /** Has {@code image} as if its changes had been applied. */
    void adopt(Image image) {
        sessions.put(image.session(), image);
    }

    Map<SessionId, Image> sessions() {
        return new TreeMap<>(sessions);
    }

    private void apply(Change change) {
        if (change instanceof Change.Created created) {
            sessions.put(
                    created.session(),
                    new Image(
                            created.session(),
                            created.room(),
                            created.epoch(),
                            created.credentials(),
                            created.role(),
                            0,
                            0,
                            List.of(),
                            false));
        } else if (change instanceof Change.Ended) {
            sessions.remove(change.session());
        } else {
            sessions.computeIfPresent(change.session(), (id, image) -> after(image, change));
        }
    }

    private static Image after(Image image, Change change) {
        if (change instanceof Change.Taken taken) {
            return new Image(
                    image.session(),
                    image.room(),
                    image.epoch(),
                    image.credentials(),
                    image.role(),
                    taken.seq(),
                    image.ackedSeq(),
                    image.messages(),
                    image.hasOverflowed());
        }
        if (change instanceof Change.Resumed resumed) {
            return new Image(
                    image.session(),
                    image.room(),
                    image.epoch(),
                    resumed.credentials(),
                    image.role(),
                    image.acceptedSeq(),
                    image.ackedSeq(),
                    image.messages(),
                    image.hasOverflowed());
        }
        if (change instanceof Change.Restarted restarted) {
            return new Image(
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
        if (change instanceof Change.Appended appended) {
            return withMailbox(image, image.ackedSeq(), image.hasOverflowed(), messages -> {
                List<Message> more = new ArrayList<>(messages);
                more.add(appended.message());
                return more;
            });
        }
        if (change instanceof Change.Trimmed trimmed) {
            long ackedSeq = Math.max(image.ackedSeq(), trimmed.ackedSeq());
            return withMailbox(
                    image,
                    ackedSeq,
                    image.hasOverflowed(),
                    messages -> messages.subList(
                            (int) Math.min(messages.size(), ackedSeq - image.ackedSeq()), messages.size()));
        }
        return withMailbox(image, image.ackedSeq(), true, messages -> List.of());
    }

    private static Image withMailbox(
            Image image, long ackedSeq, boolean hasOverflowed, UnaryOperator<List<Message>> mailbox) {
        return new Image(
                image.session(),
                image.room(),
                image.epoch(),
                image.credentials(),
                image.role(),
                image.acceptedSeq(),
                ackedSeq,
                List.copyOf(mailbox.apply(image.messages())),
                hasOverflowed);
    }
}
