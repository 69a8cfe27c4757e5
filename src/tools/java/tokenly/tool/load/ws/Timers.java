package tokenly.tool.load.ws;

import java.time.Duration;
import java.util.PriorityQueue;

/** What is to be done later. For one thread. */
final class Timers {

    private record Task(long dueNanos, long number, Runnable task) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            long earlier = dueNanos - other.dueNanos; // as System.nanoTime asks for: it may wrap around
            return earlier == 0 ? Long.compare(number, other.number) : Long.signum(earlier);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long number;

    void add(Duration delay, Runnable task) {
        tasks.add(new Task(System.nanoTime() + delay.toNanos(), number++, task));
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Until the next task is due, in nanoseconds; not above zero if it is. Only if there is one. */
    long nanosToNext() {
        return tasks.element().dueNanos - System.nanoTime();
    }

    /** The next task, if it is due. */
    Runnable pollDue() {
        return tasks.remove().task;
    }
}
