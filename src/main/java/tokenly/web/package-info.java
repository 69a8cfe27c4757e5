/** What holds for every HTTP answer, whatever part of the server gives it: its headers, its errors, the end of its client. */
@NullMarked
package tokenly.web;

import org.jspecify.annotations.NullMarked;
