/**
 * The command line, {@code ./tokenly}: {@link tokenly.tool.Main} and a class for each command. It is built into a jar of
 * its own and is no part of the server. Results go to standard output, progress and trouble to standard error; the exit
 * code is 0 if all is well, 1 if something did not hold or got in the way, 2 if the command line makes no sense.
 */
@NullMarked
package tokenly.tool;

import org.jspecify.annotations.NullMarked;
