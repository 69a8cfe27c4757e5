/** What the tools say to people, in each of their languages. */
@NullMarked
package tokenly.tool.text;

import org.jspecify.annotations.NullMarked;
