package tokenly.tool.verify.clients;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers the epochs that servers name, because a history holds numbers only. Thread-safe. */
final class Epochs {

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    int number(String epoch) {
        return numbers.computeIfAbsent(epoch, name -> last.incrementAndGet());
    }
}
