package tokenly.tool.load;

import java.time.Instant;
import java.util.List;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.Language;

/** What came of one run of {@code tokenly load}. */
public interface Report {

    /** Whether nothing went wrong; how fast it was is not judged. */
    boolean isAsExpected();

    /** What was done, and what came of it, line by line. */
    List<String> tables(Language language);

    /** What was not as expected, a line each; none if everything was. */
    List<String> problems(Language language);

    /** The same for programs; {@code at} is when the run was over. Names and units stay as they are; fields may be added. */
    JsonLine json(Instant at);
}
