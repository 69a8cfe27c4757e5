package tokenly.tool;

import picocli.CommandLine.Help.Ansi;

/** Colours for people's eyes, where standard output is a terminal and NO_COLOR (no-color.org) is not set. */
enum Paint {
    RED(31),
    GREEN(32),
    YELLOW(33),
    DIM(2);

    private final int code;

    Paint(int code) {
        this.code = code;
    }

    String on(String text) {
        return Ansi.AUTO.enabled() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
