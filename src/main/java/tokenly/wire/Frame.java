package tokenly.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;
import tokenly.session.SessionId;

/**
 * One JSON object, and its members as they stand in its text, so that what the server does not know can be passed on to
 * the byte. Below the top level only the syntax is looked at.
 */
final class Frame {

    /** Deepest nesting of values, the object itself included; WebRTC's own objects need about five. */
    static final int MAX_NESTING = 128;

    private static final long MAX_NUMBER = (1L << 53) - 1;
    private static final int MAX_DIGITS = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names come from strangers: keep none of them
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(Integer.MAX_VALUE) // the frame is bounded
                    .maxNumberLength(Integer.MAX_VALUE) // no number is ever evaluated, and the frame is bounded
                    .build())
            .build();

    private final String text;
    private final Map<String, Member> members;

    private Frame(String text, Map<String, Member> members) {
        this.text = text;
        this.members = members;
    }

    /**
     * Where it stands in the text.
     *
     * @param start of its name's first quote
     * @param value where the value starts
     * @param end of the value
     * @param string the value if it is a string, else null
     */
    private record Member(
            int start, int value, int end, @Nullable String string) {}

    /** Reads the object that {@code text} holds. */
    static Frame read(String text) throws BadFrameException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new BadFrameException(ErrorCode.BAD_JSON, "the frame is empty", null);
            }
            if (first != JsonToken.START_OBJECT) {
                throw bad("a frame is a JSON object");
            }
            Frame frame = new Frame(text, readMembers(parser));
            if (parser.nextToken() != null) {
                throw new BadFrameException(ErrorCode.BAD_JSON, "something follows the JSON object", null);
            }
            return frame;
        } catch (StreamConstraintsException beyond) {
            throw new BadFrameException(
                    ErrorCode.BAD_JSON,
                    "values nest deeper than " + MAX_NESTING + " levels, or a name is too long",
                    null);
        } catch (JsonProcessingException malformed) {
            throw new BadFrameException(
                    ErrorCode.BAD_JSON,
                    "not JSON near character " + malformed.getLocation().getCharOffset(),
                    null);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be read", impossible);
        }
    }

    /** The objects of the array that {@code text} holds, which is known to be JSON. */
    private static List<Frame> readArray(String text) throws BadFrameException {
        try (JsonParser parser = JSON.createParser(text)) {
            List<Frame> objects = new ArrayList<>();
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            while (isArray && parser.nextToken() == JsonToken.START_OBJECT) {
                objects.add(new Frame(text, readMembers(parser)));
            }
            if (!isArray || parser.currentToken() != JsonToken.END_ARRAY || objects.isEmpty()) {
                throw bad("an array of at least one object is expected, and nothing else in it");
            }
            return objects;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be read twice", impossible);
        }
    }

    private static Map<String, Member> readMembers(JsonParser parser) throws IOException, BadFrameException {
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int start = (int) parser.currentTokenLocation().getCharOffset();
            if (members.put(name, readValue(parser, start)) != null) {
                throw bad("a name stands twice in the object");
            }
        }
        return members;
    }

    private static Member readValue(JsonParser parser, int memberStart) throws IOException {
        JsonToken token = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String string = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return new Member(memberStart, start, end, string);
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** The string of that name. */
    String string(String name) throws BadFrameException {
        Member member = members.get(name);
        if (member == null || member.string == null) {
            String what = member == null ? "is missing" : "is no string";
            throw error(ErrorCode.BAD_FRAME, "field " + name + " " + what);
        }
        return member.string;
    }

    /** The whole number of that name, from {@code min} to 2^53 - 1, beyond which JavaScript would round it. */
    long number(String name, long min) throws BadFrameException {
        Member member = members.get(name);
        long number = member == null ? -1 : wholeNumber(member.value, member.end);
        if (number < min || number > MAX_NUMBER) {
            throw error(ErrorCode.BAD_FRAME, "field " + name + " is no whole number from " + min + " to 2^53 - 1");
        }
        return number;
    }

    /** The number that stands between the two places; -1 if it is none of at most 16 digits, without a sign. */
    private long wholeNumber(int start, int end) {
        if (end - start > MAX_DIGITS) {
            return -1;
        }
        long number = 0; // JSON has no empty values, and no needless zeros
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The object of that name. */
    Frame object(String name) throws BadFrameException {
        String value = value(name).orElse("");
        if (!value.startsWith("{")) {
            throw error(ErrorCode.BAD_FRAME, "field " + name + " is no object");
        }
        return read(value);
    }

    /** The objects in the array of that name, at least one. */
    List<Frame> objects(String name) throws BadFrameException {
        return readArray(value(name).orElse("null"));
    }

    Set<String> names() {
        return members.keySet();
    }

    /** The JSON text of the value of that name. */
    Optional<String> value(String name) {
        return Optional.ofNullable(members.get(name)).map(member -> text.substring(member.value, member.end));
    }

    /** The text of all members but those named, joined by commas. */
    String without(Set<String> names) {
        StringBuilder rest = new StringBuilder();
        members.forEach((name, member) -> {
            if (!names.contains(name)) {
                rest.append(rest.isEmpty() ? "" : ",").append(text, member.start, member.end);
            }
        });
        return rest.toString();
    }

    /** An error about this frame, that names its session if it has a valid one. */
    BadFrameException error(ErrorCode code, String message) {
        return new BadFrameException(code, message, session());
    }

    private @Nullable SessionId session() {
        Member member = members.get("session_id");
        if (member == null || member.string == null) {
            return null;
        }
        try {
            return new SessionId(member.string);
        } catch (IllegalArgumentException invalid) {
            return null; // the answer cannot name a session that can be none
        }
    }

    private static BadFrameException bad(String message) {
        return new BadFrameException(ErrorCode.BAD_FRAME, message, null);
    }
}
