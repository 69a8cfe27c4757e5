package tokenly.tool.verify.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Topology;

/** All signals that were sent, by instance and number, with what was named as lost. 8 bytes for each. */
final class Sends {

    /** What stands for a number that was not used. */
    static final int NONE = Integer.MIN_VALUE;

    private final Topology topology;
    private final List<Instance> instances = new ArrayList<>();
    private final Map<Partly, Reason> partlyFailed = new HashMap<>();

    /** One of several addressees will not get a signal. */
    private record Partly(int instance, long number, int session) {}

    private static final class Instance {
        private int[] to = new int[0];
        private int[] index = new int[0];
        private final Map<Integer, Reason> failed = new HashMap<>();

        void put(int number, int session, int at) {
            if (number >= to.length) {
                int used = to.length;
                int length = Math.max(16, number * 2);
                to = Arrays.copyOf(to, length);
                index = Arrays.copyOf(index, length);
                Arrays.fill(to, used, length, NONE);
            }
            to[number] = session;
            index[number] = at;
        }
    }

    private Sends(Topology topology) {
        this.topology = topology;
        for (int instance = 0; instance < topology.instances(); instance++) {
            instances.add(new Instance());
        }
    }

    static Sends of(History history) {
        Sends sends = new Sends(history.topology());
        history.each(sends::note);
        return sends;
    }

    private void note(Event event) {
        if (event.isA(EventKind.SENT)) {
            instances.get(event.who()).put((int) event.a(), (int) event.b(), event.index());
        } else if (event.isA(EventKind.FAILED)) {
            fail(event);
        }
    }

    private void fail(Event event) {
        boolean isForOneOfAll = event.b() != Event.ALL && to(event.who(), event.a()) == Event.ALL;
        if (isForOneOfAll) {
            partlyFailed.put(new Partly(event.who(), event.a(), (int) event.b()), event.reason());
        } else {
            instances.get(event.who()).failed.put((int) event.a(), event.reason());
        }
    }

    /** The highest number that {@code instance} used. */
    int last(int instance) {
        int[] to = instances.get(instance).to;
        int last = to.length - 1;
        while (last > 0 && to[last] == NONE) {
            last--;
        }
        return Math.max(0, last);
    }

    /** The session that the signal is for, {@link Event#ALL} or {@link #NONE}. */
    int to(int instance, long number) {
        int[] to = instances.get(instance).to;
        return number < 0 || number >= to.length ? NONE : to[(int) number];
    }

    /** The index of the event by which it was sent. */
    int index(int instance, long number) {
        return instances.get(instance).index[(int) number];
    }

    /** Whether the signal was sent to {@code session}, alone or with others of the room. */
    boolean isFor(int instance, long number, int session) {
        int to = to(instance, number);
        int sender = topology.session(instance);
        boolean isInReach = sender != session && topology.room(sender) == topology.room(session);
        return to == session || (to == Event.ALL && isInReach);
    }

    /** Why {@code session} does not get it, if the sender was told so. */
    Optional<Reason> failure(int instance, long number, int session) {
        Reason ofAll = instances.get(instance).failed.get((int) number);
        return Optional.ofNullable(
                ofAll != null || partlyFailed.isEmpty()
                        ? ofAll
                        : partlyFailed.get(new Partly(instance, number, session)));
    }
}
