/**
 * What happened in a run, and who took part: {@link tokenly.tool.verify.history.History} is written by a {@link
 * tokenly.tool.verify.history.Recorder} while the run goes on, and read by the checks and the page when it is over.
 */
@NullMarked
package tokenly.tool.verify.history;

import org.jspecify.annotations.NullMarked;
