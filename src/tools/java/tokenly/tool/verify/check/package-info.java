/**
 * What must hold of every history: a {@link tokenly.tool.verify.check.Check} for each {@link
 * tokenly.tool.verify.check.Rule}. A check knows nothing of clients, servers and proxies, only what was seen.
 */
@NullMarked
package tokenly.tool.verify.check;

import org.jspecify.annotations.NullMarked;
