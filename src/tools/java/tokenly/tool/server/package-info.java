/** Real servers in processes of their own, for scenarios and tests, and what they say of themselves. */
@NullMarked
package tokenly.tool.server;

import org.jspecify.annotations.NullMarked;
