package tokenly.socket;

/** Whose outbox it is. All are called under no lock of the outbox. */
interface OutboxOwner {

    /** A send has failed. Called at most once. */
    void failed(Throwable cause);

    /** There is room again, after {@link Outbox#hasRoom} has said that there is none. */
    void roomAgain();

    /** Its reader is too slow, while others wait for what it holds. */
    void letGo();

    /** A ping that bears {@code mark} is to follow what was sent; its answer comes to {@link Outbox#answered}. */
    void ping(long mark);
}
