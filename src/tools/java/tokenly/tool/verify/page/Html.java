package tokenly.tool.verify.page;

import java.util.Locale;

/** Text of a page, grown piece by piece. Whatever is written by {@link #text} is escaped. Not thread-safe. */
final class Html {

    private final StringBuilder html = new StringBuilder();

    /** Markup as it is. */
    Html raw(String markup) {
        html.append(markup);
        return this;
    }

    Html text(Object value) {
        html.append(escape(String.valueOf(value)));
        return this;
    }

    /** {@code <name>text</name>}. */
    Html element(String name, Object value) {
        return raw("<" + name + ">").text(value).raw("</" + name.split(" ", 2)[0] + ">");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A place on the time axis. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * share);
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
