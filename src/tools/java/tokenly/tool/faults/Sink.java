package tokenly.tool.faults;

/** Where an item goes next: into a stage, or out of the pipe. */
interface Sink {
    void accept(Item item);
}
