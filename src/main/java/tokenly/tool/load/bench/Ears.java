package tokenly.tool.load.bench;

/** Hears what happens to a member, on the thread of its client. */
interface Ears {

    /** It is in its room. Once. */
    void joined();

    /** The other's next message came; they come in order. */
    void heard();

    /** Something is wrong, as {@code reason} says in kebab-case. */
    void failed(String reason);
}
