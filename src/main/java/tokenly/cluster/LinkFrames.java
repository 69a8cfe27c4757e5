package tokenly.cluster;

import java.util.function.Consumer;

/** The frames of one message on a link. */
final class LinkFrames {

    private LinkFrames() {}

    /**
     * Hands each frame of {@code message} to {@code taker}, in order.
     *
     * @throws IllegalArgumentException if there is something else in it
     */
    static void each(String message, Consumer<LinkFrame> taker) {
        int start = 0;
        for (int end = message.indexOf(LinkFrame.SEPARATOR);
                end >= 0;
                end = message.indexOf(LinkFrame.SEPARATOR, start)) {
            taker.accept(LinkFrame.decode(message.substring(start, end)));
            start = end + 1;
        }
        taker.accept(LinkFrame.decode(message.substring(start)));
    }
}
