package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Topology;

/**
 * {@link Rule#MEMBERSHIP}. In the end, when all clients are back, each must see all others of its room, none of them away. Two
 * things excuse that a client is told what it knows, once of each peer: that the server has restarted, for it cannot tell
 * which client was told what; and that the client asks for its session, for it is told where all are that have moved meanwhile.
 */
final class MembershipCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history.topology());
        history.each(run::look);
        return run.findings;
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.MEMBERSHIP);
        private final Topology topology;
        private final Map<Integer, View> views = new HashMap<>(); // of the instances that have their session
        private final Set<Integer> present = new HashSet<>(); // sessions
        private final Map<Integer, Integer> asking =
                new HashMap<>(); // instances that create: how many excuses there were since they first asked

        Run(Topology topology) {
            this.topology = topology;
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
                case CREATE_ASKED -> asking.merge(event.who(), 0, (excuses, first) -> excuses + 1);
                case RESUME_ASKED -> Optional.ofNullable(views.get(event.who())).ifPresent(View::excuse);
                case SERVER_STOPPED, SERVER_KILLED -> {
                    asking.replaceAll((instance, excuses) -> excuses + 1);
                    views.values().forEach(View::excuse);
                }
                case TAKEN_OVER, ENDED -> views.remove(event.who());
                case LEFT -> {
                    views.remove(event.who());
                    present.remove(topology.session(event.who()));
                }
                case SETTLED -> views.forEach((instance, view) -> compare(instance, view, event));
                default -> {}
            }
        }

        private void begin(Event event) {
            present.add(topology.session(event.who()));
            int excuses = Objects.requireNonNullElse(asking.remove(event.who()), 0);
            View view = views.get(event.who());
            if (view == null || view.epoch != event.b()) {
                views.put(event.who(), new View(event.b(), excuses));
            }
        }

        private void compare(int instance, View view, Event settled) {
            Set<Integer> others = new TreeSet<>(topology.sessionsIn(topology.room(topology.session(instance))));
            others.retainAll(present);
            others.remove(topology.session(instance));
            if (!others.equals(new TreeSet<>(view.peers)) || !view.away.isEmpty()) {
                findings.add(
                        topology.name(instance) + " sees " + new TreeSet<>(view.peers) + ", away " + view.away
                                + "; in the room are " + others,
                        settled);
            }
        }
    }

    /** What an instance was told of its peers. */
    private static final class View {

        final long epoch;
        final Set<Integer> peers = new HashSet<>();
        final Set<Integer> away = new HashSet<>();
        private final Map<Integer, Integer> awayAgain =
                new HashMap<>(); // how often a peer was said to be so needlessly
        private final Map<Integer, Integer> backAgain = new HashMap<>();
        private int excuses;

        /** @param excuses since the session was perhaps created, and the answer was lost */
        View(long epoch, int excuses) {
            this.epoch = epoch;
            this.excuses = excuses;
        }

        /** It may be told of each peer once more what it knows. */
        void excuse() {
            excuses++;
        }

        private boolean isSpared(int peer, Map<Integer, Integer> again) {
            return again.merge(peer, 1, Integer::sum) <= excuses;
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
