package tokenly.client;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The outside world of a client.
 *
 * @param thread runs one task after the other, never inside another
 * @param random draws keys, so it must be a secure one outside tests
 */
record Ports(Transport transport, Timer timer, Executor thread, RandomGenerator random) {}
