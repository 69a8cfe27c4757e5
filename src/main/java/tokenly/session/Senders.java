package tokenly.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who of a room can still be told what became of its signals, once a transaction is written: those whose epoch of then goes on. */
final class Senders {

    private final Room room;
    private final Map<Session, Optional<Epoch>> changed =
            new HashMap<>(0); // of those that begin an epoch, or end: these have none

    Senders(Room room) {
        this.room = room;
    }

    void restart(Session session, Epoch epoch) {
        changed.put(session, Optional.of(epoch));
    }

    void end(Session session) {
        changed.put(session, Optional.empty());
    }

    /** The session that sent something in {@code epoch}, if that is still its epoch. */
    Optional<Session> find(SessionId id, Epoch epoch) {
        return room.member(id)
                .filter(session -> changed.getOrDefault(session, Optional.of(session.epoch()))
                        .equals(Optional.of(epoch)));
    }

    /** The numbers of the signals among {@code items}, which were for {@code to}, by sender; of a signal to all only of those that know of {@code to}. */
    Map<Session, List<Long>> numbersOf(List<MailboxItem> items, Session to) {
        Map<Session, List<Long>> numbers = new LinkedHashMap<>();
        for (MailboxItem item : items) {
            if (item.message instanceof Message.Signalled signalled) {
                boolean isToAll = signalled.signal().to() == null;
                find(signalled.from(), signalled.source().epoch())
                        .filter(sender -> !isToAll || sender.role.sees(to.role))
                        .ifPresent(sender -> numbers.computeIfAbsent(sender, first -> new ArrayList<>())
                                .add(signalled.source().seq()));
            }
        }
        numbers.replaceAll((sender, seqs) ->
                Seqs.of(seqs.stream().mapToLong(Long::longValue).toArray()));
        return numbers;
    }
}
