package tokenly.tool.load;

import tokenly.tool.text.UsageException;

/** Checks what was written on the command line. */
final class Options {

    private Options() {}

    /** @throws UsageException if {@code value} is not from {@code least} to {@code most} */
    static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException("out_of_range", option, value, least, most);
        }
    }
}
