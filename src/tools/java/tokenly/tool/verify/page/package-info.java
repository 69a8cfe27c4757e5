/** The page about a run: {@link tokenly.tool.verify.page.TimelinePage}, one file that needs nothing else. */
@NullMarked
package tokenly.tool.verify.page;

import org.jspecify.annotations.NullMarked;
