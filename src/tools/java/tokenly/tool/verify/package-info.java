/**
 * {@code tokenly verify}: a {@link tokenly.tool.verify.VerifyRun} lets sessions talk while faults are done to them, and a
 * {@link tokenly.tool.verify.Verdict} says whether its history keeps all rules.
 */
@NullMarked
package tokenly.tool.verify;

import org.jspecify.annotations.NullMarked;
