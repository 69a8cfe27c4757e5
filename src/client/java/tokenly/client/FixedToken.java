package tokenly.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token that is the same on every connection. No record, whose text would show it. */
final class FixedToken implements Supplier<CompletionStage<String>> {

    private final CompletionStage<String> token;

    /** @throws IllegalArgumentException if it is empty */
    FixedToken(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("the token is empty");
        }
        this.token = CompletableFuture.completedStage(token);
    }

    /** Whether it can be shown to a server: the application may give what is empty, or null. */
    static boolean isToken(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    @Override
    public CompletionStage<String> get() {
        return token;
    }

    @Override
    public String toString() {
        return "a fixed token";
    }
}
