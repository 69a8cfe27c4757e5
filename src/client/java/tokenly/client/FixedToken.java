package tokenly.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token that is the same on every connection. No record, whose text would show it. */
final class FixedToken implements Supplier<CompletionStage<String>> {

    private final CompletionStage<String> token;

    FixedToken(String token) {
        this.token = CompletableFuture.completedStage(check(token));
    }

    /** @throws IllegalArgumentException if it is none */
    static String check(@Nullable String token) {
        if (token == null || token.isBlank()) {
            throw new IllegalArgumentException("the token is empty");
        }
        return token;
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
