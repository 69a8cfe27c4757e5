package tokenly.hostile;

import java.time.Duration;
import tokenly.tool.server.ServerKind;

/** How much attackers do, and how much heap the server has for it: by the system properties of this run. */
final class Scale {

    private static final int FACTOR = Integer.getInteger("hostile.scale", 1);
    private static final ServerKind.Heap HEAP = heapOf(System.getProperty("hostile.heap", "256m"));

    private Scale() {}

    /** So much in the short form, a multiple of it in the long one. */
    static int times(int count) {
        return count * FACTOR;
    }

    /** So much where the server has 256 MB, in proportion where it has more: for what is bounded by a share of the heap. */
    static int byHeap(int count) {
        return switch (HEAP) {
            case TINY, SMALL -> count;
            case LARGE -> 2 * count;
            case HUGE -> 4 * count;
        };
    }

    static ServerKind.Heap heap() {
        return HEAP;
    }

    /** Half of it. */
    static ServerKind.Heap smallerHeap() {
        return switch (HEAP) {
            case TINY, SMALL -> ServerKind.Heap.TINY;
            case LARGE -> ServerKind.Heap.SMALL;
            case HUGE -> ServerKind.Heap.LARGE;
        };
    }

    /** How long the server holds what an attacker leaves: longer than an attack in this form, or a start, takes. */
    static Duration resumeWindow() {
        return Duration.ofSeconds(FACTOR == 1 ? 15 : 60);
    }

    private static ServerKind.Heap heapOf(String size) {
        for (ServerKind.Heap heap : ServerKind.Heap.values()) {
            if (heap.option().equals("-Xmx" + size)) {
                return heap;
            }
        }
        throw new IllegalArgumentException("hostile.heap is " + size + ", but must be 256m, 512m or 1g");
    }
}
