package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tokenly.tool.verify.history.Cast;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;

/**
 * {@link Rule#MEMBERSHIP}. In the end, when everybody is back, each must see all others of its room, none of them away. Only a
 * restart of the server excuses that somebody is told what it knows: it cannot tell who was told what.
 */
final class MembershipCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history.cast());
        history.each(run::look);
        return run.findings;
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.MEMBERSHIP);
        private final Cast cast;
        private final Map<Integer, View> views = new HashMap<>(); // of the seats that have their session
        private final Set<Integer> present = new HashSet<>(); // sessions
        private final Map<Integer, Integer> asking =
                new HashMap<>(); // seats that create: how often the server had restarted
        private int restarts;

        Run(Cast cast) {
            this.cast = cast;
        }

        void look(Event event) {
            switch (event.kind()) {
                case CREATED, RESET -> begin(event);
                case PEER -> {
                    View view = views.get(event.who());
                    if (view == null) {
                        findings.add("its session is not there", event);
                    } else {
                        view.change(event, findings);
                    }
                }
                case CREATE_ASKED -> asking.putIfAbsent(event.who(), restarts);
                case SERVER_STOPPED, SERVER_KILLED -> {
                    restarts++;
                    views.values().forEach(View::restart);
                }
                case TAKEN_OVER, ENDED -> views.remove(event.who());
                case LEFT -> {
                    views.remove(event.who());
                    present.remove(cast.session(event.who()));
                }
                case SETTLED -> views.forEach((seat, view) -> compare(seat, view, event));
                default -> {}
            }
        }

        private void begin(Event event) {
            present.add(cast.session(event.who()));
            int survived = restarts - Objects.requireNonNullElse(asking.remove(event.who()), restarts);
            View view = views.get(event.who());
            if (view == null || view.epoch != event.b()) {
                views.put(event.who(), new View(event.b(), survived));
            }
        }

        private void compare(int seat, View view, Event settled) {
            Set<Integer> others = new TreeSet<>(cast.sessionsIn(cast.room(cast.session(seat))));
            others.retainAll(present);
            others.remove(cast.session(seat));
            if (!others.equals(new TreeSet<>(view.peers)) || !view.away.isEmpty()) {
                findings.add(
                        cast.name(seat) + " sees " + new TreeSet<>(view.peers) + ", away " + view.away
                                + "; in the room are " + others,
                        settled);
            }
        }
    }

    /** What a seat was told of its peers. */
    private static final class View {

        final long epoch;
        final Set<Integer> peers = new HashSet<>();
        final Set<Integer> away = new HashSet<>();
        private final Map<Integer, Integer> awayAgain =
                new HashMap<>(); // how often a peer was said to be so needlessly
        private final Map<Integer, Integer> backAgain = new HashMap<>();
        private int restarts;

        /** @param restarts of the server since the session was perhaps created, and the answer was lost */
        View(long epoch, int restarts) {
            this.epoch = epoch;
            this.restarts = restarts;
        }

        /** After each one who comes back is told who is away, and the others that it is back, whatever they knew. */
        void restart() {
            restarts++;
        }

        private boolean isSpared(int peer, Map<Integer, Integer> again) {
            return again.merge(peer, 1, Integer::sum) <= restarts;
        }

        void change(Event event, Findings findings) {
            int peer = (int) event.a();
            boolean makesSense = switch (event.change()) {
                case PRESENT, JOINED -> peers.add(peer);
                case AWAY -> peers.contains(peer) && (away.add(peer) || isSpared(peer, awayAgain));
                case BACK -> peers.contains(peer) && (away.remove(peer) || isSpared(peer, backAgain));
                case RESTARTED -> peers.contains(peer);
                case LEFT -> peers.remove(peer);
            };
            if (!peers.contains(peer)) {
                away.remove(peer);
            }
            if (!makesSense) {
                findings.add("that cannot happen to s" + peer + " now", event);
            }
        }
    }
}
