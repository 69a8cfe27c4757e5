package tokenly.client.json;

/** Writes JSON. What is written is also valid UTF-16: an unpaired surrogate is escaped. */
final class JsonWriter {

    private static final char LAST_CONTROL = 0x1f;

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /** @throws IllegalArgumentException if values nest deeper than {@link Json#MAX_NESTING} */
    static String write(Json value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value, 0);
        return writer.out.toString();
    }

    private void value(Json value, int depth) {
        if (value instanceof Json.Text text) {
            string(text.value());
        } else if (value instanceof Json.Array array) {
            array(array, deeper(depth));
        } else if (value instanceof JsonObject object) {
            object(object, deeper(depth));
        } else {
            out.append(value);
        }
    }

    private static int deeper(int depth) {
        if (depth == Json.MAX_NESTING) {
            throw new IllegalArgumentException("values nest deeper than " + Json.MAX_NESTING + " levels");
        }
        return depth + 1;
    }

    private void array(Json.Array array, int depth) {
        String comma = "";
        out.append('[');
        for (Json value : array.values()) {
            out.append(comma);
            value(value, depth);
            comma = ",";
        }
        out.append(']');
    }

    private void object(JsonObject object, int depth) {
        String comma = "";
        out.append('{');
        for (var member : object.members().entrySet()) {
            out.append(comma);
            string(member.getKey());
            out.append(':');
            value(member.getValue(), depth);
            comma = ",";
        }
        out.append('}');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c <= LAST_CONTROL || isUnpaired(text, i)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isUnpaired(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
