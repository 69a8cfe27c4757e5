package tokenly.client;

import java.util.function.BooleanSupplier;

/** Passes on what comes from one link for as long as that is the current one; what comes later means nothing. */
final class CurrentOnly implements Transport.Listener {

    private final BooleanSupplier isCurrent;
    private final Transport.Listener listener;

    CurrentOnly(BooleanSupplier isCurrent, Transport.Listener listener) {
        this.isCurrent = isCurrent;
        this.listener = listener;
    }

    @Override
    public void heard() {
        if (isCurrent.getAsBoolean()) {
            listener.heard();
        }
    }

    @Override
    public void text(String text) {
        if (isCurrent.getAsBoolean()) {
            listener.text(text);
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (isCurrent.getAsBoolean()) {
            listener.closed(code, reason);
        }
    }
}
