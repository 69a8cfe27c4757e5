package tokenly.client.json;

import java.math.BigDecimal;
import java.util.List;

/** A JSON value. Immutable; {@code toString} is its JSON text, without white space. */
public sealed interface Json permits JsonObject, Json.Text, Json.Numeral, Json.Truth, Json.Null, Json.Array {

    /** Deepest nesting of values that is read or written, as the server has it (PROTOCOL.md, "Framing"). */
    int MAX_NESTING = 128;

    /** A string; it may hold anything, unpaired surrogates included. */
    record Text(String value) implements Json {
        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /**
     * A number, kept as it was written: no digit and no exponent is lost.
     *
     * @param text as RFC 8259, section 6, has it
     */
    record Numeral(String text) implements Json {

        /** @throws IllegalArgumentException if {@code text} is no JSON number */
        public Numeral {
            JsonReader.checkNumber(text);
        }

        public static Numeral of(long value) {
            return new Numeral(Long.toString(value));
        }

        /**
         * Its value.
         *
         * @throws ArithmeticException if its exponent is beyond what a {@link BigDecimal} can have
         */
        public BigDecimal decimal() {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException beyond) {
                ArithmeticException tooLarge = new ArithmeticException("the exponent is too large");
                tooLarge.initCause(beyond);
                throw tooLarge;
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code true} or {@code false}. */
    record Truth(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** {@code null}. */
    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** An array. */
    record Array(List<Json> values) implements Json {

        public Array {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }
}
