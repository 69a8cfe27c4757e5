package tokenly.status;

import tokenly.session.Status;

/** Port: what {@code GET /status} tells. Thread-safe; never waits. */
@FunctionalInterface
public interface StatusSource {

    Status status();
}
