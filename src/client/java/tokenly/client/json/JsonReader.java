package tokenly.client.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as strictly as RFC 8259 allows; what it does not allow, and a name that stands twice, is refused. */
final class JsonReader {

    private static final char END = '\uffff'; // no character, so no text means it
    private static final char FIRST_PRINTABLE = 0x20;
    private static final int ESCAPE_DIGITS = 4;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if {@code text} is not one JSON value and nothing more */
    static Json read(String text) {
        JsonReader reader = new JsonReader(text);
        reader.space();
        Json value = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.malformed();
        }
        return value;
    }

    /** @throws IllegalArgumentException if {@code text} is not one JSON number and nothing more */
    static void checkNumber(String text) {
        JsonReader reader = new JsonReader(text);
        reader.skipNumber();
        if (reader.at < text.length()) {
            throw reader.malformed();
        }
    }

    private Json value(int depth) {
        return switch (peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private int deeper(int depth) {
        if (depth == Json.MAX_NESTING) {
            throw new IllegalArgumentException("values nest deeper than " + Json.MAX_NESTING + " levels");
        }
        return depth + 1;
    }

    private JsonObject object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        take('{');
        space();
        if (!takes('}')) {
            do {
                space();
                String name = string();
                space();
                take(':');
                space();
                if (members.put(name, value(depth)) != null) {
                    throw new IllegalArgumentException("a name stands twice in an object");
                }
                space();
            } while (takes(','));
            take('}');
        }
        return JsonObject.of(members);
    }

    private Json.Array array(int depth) {
        List<Json> values = new ArrayList<>();
        take('[');
        space();
        if (!takes(']')) {
            do {
                space();
                values.add(value(depth));
                space();
            } while (takes(','));
            take(']');
        }
        return new Json.Array(values);
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private Json.Numeral number() {
        int start = at;
        skipNumber();
        return new Json.Numeral(text.substring(start, at));
    }

    private void skipNumber() {
        takes('-');
        if (!takes('0')) {
            digits();
        }
        if (takes('.')) {
            digits();
        }
        if (takes('e') || takes('E')) {
            if (!takes('+')) {
                takes('-');
            }
            digits();
        }
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private String string() {
        take('"');
        int start = at;
        StringBuilder unescaped = null; // most strings hold no escape
        while (!takes('"')) {
            char c = peek();
            if (c < FIRST_PRINTABLE || at >= text.length()) {
                throw malformed();
            }
            at++;
            if (c == '\\') {
                unescaped = unescaped == null ? new StringBuilder(text.substring(start, at - 1)) : unescaped;
                unescaped.append(escape());
            } else if (unescaped != null) {
                unescaped.append(c);
            }
        }
        return unescaped == null ? text.substring(start, at - 1) : unescaped.toString();
    }

    private char escape() {
        if (takes('u')) {
            int value = 0;
            for (int i = 0; i < ESCAPE_DIGITS; i++) {
                int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1; // not the digits of other scripts
                if (digit < 0) {
                    throw malformed();
                }
                value = value * 16 + digit;
                at++;
            }
            return (char) value;
        }
        int which = at < text.length() ? ESCAPES.indexOf(text.charAt(at)) : -1;
        if (which < 0) {
            throw malformed();
        }
        at++;
        return ESCAPED.charAt(which);
    }

    private void space() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private boolean takes(char expected) {
        boolean isNext = at < text.length() && text.charAt(at) == expected;
        if (isNext) {
            at++;
        }
        return isNext;
    }

    private void take(char expected) {
        if (!takes(expected)) {
            throw malformed();
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("not JSON near character " + at);
    }
}
