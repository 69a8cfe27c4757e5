package tokenly.tool.load.bench;

import tokenly.tool.text.Complaint;
import tokenly.tool.text.Text;

/** Checks what was written on the command line. */
final class Options {

    private Options() {}

    /** @throws Complaint if {@code value} is not from {@code least} to {@code most} */
    static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Complaint(Text.OUT_OF_RANGE, option, value, least, most);
        }
    }
}
