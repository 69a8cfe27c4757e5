/** When which fault happens to whom: {@link tokenly.tool.verify.schedule.FaultSchedule} is a pure function of its seed. */
@NullMarked
package tokenly.tool.verify.schedule;

import org.jspecify.annotations.NullMarked;
