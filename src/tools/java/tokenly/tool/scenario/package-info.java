/**
 * The scenarios of the reconnect guide: what a person would do by hand, done by the machine on real processes, with an
 * log of what happens.
 */
@NullMarked
package tokenly.tool.scenario;

import org.jspecify.annotations.NullMarked;
