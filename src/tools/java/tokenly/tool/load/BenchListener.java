package tokenly.tool.load;

/** Hears what happens to a member, on the thread of its client. */
interface BenchListener {

    /** It is in its room, or in it again, or has an answer to {@link BenchPeer#ask}. */
    void joined();

    /** The other's next message came; they come in order. */
    void heard();

    /** It has left as it wanted to. */
    default void left() {}

    /** Something is wrong, as {@code reason} says in kebab-case. */
    void failed(String reason);
}
