/** How the faults of a schedule are done: a {@link tokenly.tool.verify.fault.FaultInjector} for each kind. */
@NullMarked
package tokenly.tool.verify.fault;

import org.jspecify.annotations.NullMarked;
