package tokenly.tool.scenario;

/** One scenario of the reconnect guide. */
@FunctionalInterface
interface Scenario {

    /**
     * Plays it on {@code testbed}, which ends all that it started.
     *
     * @throws ScenarioFailedException if something did not happen as the guide says
     */
    void play(Testbed testbed);
}
