package tokenly.tool.load.bench;

/** What a benchmark is at. */
public enum Stage {
    STARTING,
    JOINING,
    WARMING_UP,
    MEASURING,
    ENDING
}
