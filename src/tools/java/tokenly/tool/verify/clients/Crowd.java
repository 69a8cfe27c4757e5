package tokenly.tool.verify.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tokenly.tool.Polling;
import tokenly.tool.Ticker;
import tokenly.tool.verify.history.Recorder;

/** Visitors of some rooms, who come and go as fast as the server lets them: a storm of presence. For one thread. */
public final class Crowd {

    private static final int VISITORS_PER_ROOM = 2;
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(100);

    /** A server that is killed is back after 10 s, on a machine that is busy after 20 s, and may be killed again then. */
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(90);

    private final Recorder recorder;
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<Ticker> visits = new ArrayList<>();

    /**
     * They come.
     *
     * @param crowd no other one at the same time has this number
     */
    Crowd(int crowd, List<Integer> rooms, RunIds names, Routes routes, Recorder recorder) {
        this.recorder = recorder;
        for (int room : rooms) {
            for (int number = 0; number < VISITORS_PER_ROOM; number++) {
                visitors.add(new Visitor(routes, names.visitorId(crowd, room, number), names.roomId(room)));
            }
        }
        recorder.visitorsCame(visitors.size());
        visitors.forEach(visitor -> visits.add(Ticker.start("visitor", BETWEEN_CONNECTIONS, visitor::visit)));
    }

    /**
     * They leave for good.
     *
     * @throws IllegalStateException if the server does not let one of them go
     */
    public void leave() {
        visitors.forEach(Visitor::stop);
        visits.forEach(Ticker::close);
        if (!Polling.until(LEAVE_LIMIT, () -> visitors.stream().allMatch(Visitor::stayAway))) {
            throw new IllegalStateException("visitors could not leave in " + LEAVE_LIMIT.toSeconds() + " s: "
                    + visitors.stream().filter(visitor -> !visitor.isGone()).toList());
        }
        recorder.visitorsLeft(visitors.size());
    }
}
