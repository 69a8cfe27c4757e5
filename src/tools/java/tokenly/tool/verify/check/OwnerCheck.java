package tokenly.tool.verify.check;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.PeerChange;

/**
 * {@link Rule#OWNERS}, for signals to one session. The sender knew the earlier owner if it was told of the peer before the later owner
 * asked for the name. What it was told before its own session began anew counts no more: the list of those who are there then leaves
 * out who has gone, and no call says so. A client knows of a change a moment before its program is told: what was sent in that moment
 * is not judged.
 */
final class OwnerCheck implements Check {

    /** A change of threads takes less than a millisecond, on a busy machine a few. */
    private static final long MOMENT_MICROS = 250_000;

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        history.each(run::note);
        if (!run.beganAt.isEmpty()) {
            history.each(run::look);
        }
        return run.findings;
    }

    /** A session as an instance sees it. */
    private record Sight(int instance, int session) {}

    private static final class Run {

        final Findings findings = new Findings(Rule.OWNERS);
        private final History history;
        private final Sends sends;
        private final Map<Sight, NavigableMap<Integer, Event>> told = new HashMap<>(); // by index
        private final Map<Integer, NavigableMap<Integer, Event>> anew =
                new HashMap<>(); // by instance, when it forgot whom it knew; by index
        private final Set<Integer> ownerless = new HashSet<>(); // sessions
        private final Map<Integer, Integer> ownedSince =
                new HashMap<>(); // by session, the index at which its present owner asked for it
        private final Map<Integer, Integer> beganAt = new HashMap<>(); // the same by instance, for later owners

        Run(History history) {
            this.history = history;
            this.sends = Sends.of(history);
        }

        void note(Event event) {
            switch (event.kind()) {
                case PEER ->
                    told.computeIfAbsent(new Sight(event.who(), (int) event.a()), none -> new TreeMap<>())
                            .put(event.index(), event);
                case LEFT -> ownerless.add(session(event));
                case CREATE_ASKED -> {
                    if (ownerless.remove(session(event))) {
                        ownedSince.put(session(event), event.index());
                    }
                }
                case GONE -> forget(event);
                case CREATED, RESET -> {
                    forget(event);
                    attached(event);
                }
                case RESUMED -> attached(event);
                default -> {}
            }
        }

        private void forget(Event event) {
            anew.computeIfAbsent(event.who(), none -> new TreeMap<>()).put(event.index(), event);
        }

        private void attached(Event event) {
            Integer since = ownedSince.get(session(event));
            if (since != null) {
                beganAt.putIfAbsent(event.who(), since);
            }
        }

        void look(Event event) {
            Integer began = beganAt.get(event.who());
            if (began == null || !event.isA(EventKind.DELIVERED) || event.a() == Event.NOBODY) {
                return;
            }
            int from = (int) event.a();
            if (sends.to(from, event.b()) == session(event)) {
                Event sent = history.event(sends.index(from, event.b()));
                if (sent.index() < event.index() && knewAnEarlierOwner(sent, session(event), began)) {
                    findings.add("it was sent to an earlier owner of the name", sent, history.event(began), event);
                }
            }
        }

        private boolean knewAnEarlierOwner(Event sent, int session, int began) {
            NavigableMap<Integer, Event> seen = told.get(new Sight(sent.who(), session));
            if (seen == null) {
                return false;
            }
            NavigableMap<Integer, Event> begun = anew.getOrDefault(sent.who(), Collections.emptyNavigableMap());
            Integer since = begun.lowerKey(sent.index());
            Event met =
                    seen.subMap(since == null ? 0 : since, true, sent.index(), false).descendingMap().values().stream()
                            .filter(event -> isMeeting(event) || event.change() == PeerChange.LEFT)
                            .findFirst()
                            .orElse(null);
            boolean mayHaveKnownMore = isWithinAMoment(sent, seen) || isWithinAMoment(sent, begun);
            return met != null && isMeeting(met) && met.index() < began && !mayHaveKnownMore;
        }

        /** Whether the first of {@code changes} after {@code sent} comes so soon that the client may have known it. */
        private static boolean isWithinAMoment(Event sent, NavigableMap<Integer, Event> changes) {
            Map.Entry<Integer, Event> next = changes.higherEntry(sent.index());
            return next != null && next.getValue().atMicros() - sent.atMicros() < MOMENT_MICROS;
        }

        private static boolean isMeeting(Event event) {
            return event.change() == PeerChange.PRESENT || event.change() == PeerChange.JOINED;
        }

        private int session(Event event) {
            return history.topology().session(event.who());
        }
    }
}
