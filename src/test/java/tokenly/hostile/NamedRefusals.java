package tokenly.hostile;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.tool.server.JsonDocument;

/**
 * By what names a server has refused what an attacker wanted, and how often: codes of {@code error} and {@code peer-created},
 * reasons of {@code undeliverable} and {@code resumed}, {@code close N} and {@code http N}. Thread-safe.
 */
final class NamedRefusals {

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    private final @Nullable NamedRefusals all;

    /** An empty count. */
    NamedRefusals() {
        all = null;
    }

    /** An empty count that is part of another one. */
    NamedRefusals(NamedRefusals all) {
        this.all = all;
    }

    void note(String name) {
        if (all != null) {
            all.note(name);
        }
        counts.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    /** Notes what {@code message} refuses, if it does. */
    void note(JsonDocument message) {
        switch (message.type()) {
            case "error" -> note(String.valueOf(message.get("code")));
            case "undeliverable", "resumed" -> {
                if (message.get("reason") != null) {
                    note(String.valueOf(message.get("reason")));
                }
            }
            case "peer-created" -> {
                if (message.get("error") instanceof Map<?, ?> error) {
                    note(String.valueOf(error.get("code")));
                }
            }
            default -> {
                // it refuses nothing
            }
        }
    }

    boolean has(String name) {
        return counts.containsKey(name);
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " x " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
