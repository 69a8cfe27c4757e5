package tokenly.tool.load;

/** What a benchmark is at. */
public enum Stage {
    STARTING,
    JOINING,
    WARMING_UP,
    MEASURING,
    ENDING
}
