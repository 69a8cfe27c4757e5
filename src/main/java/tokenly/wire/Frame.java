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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.session.SessionId;

/**
 * One JSON object, and its members as they stand in its text, so that what the server does not know can be passed on to
 * the byte. Below the top level only the syntax is looked at.
 */
final class Frame {

    /** Deepest nesting of values, the object itself included; WebRTC's own objects need about five. */
    static final int MAX_NESTING = 128;

    private static final long MAX_NUMBER = (1L << 53) - 1;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names come from strangers: keep none of them
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE) // no number is ever evaluated, and the frame is bounded
                    .build())
            .build();

    private final Map<String, Member> members;

    private Frame(Map<String, Member> members) {
        this.members = members;
    }

    /**
     * @param text from the name's first quote to the end of the value, as sent
     * @param value the value, as sent
     * @param string the value if it is a string, else null
     */
    private record Member(
            String text, String value, @Nullable String string) {}

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
            Frame frame = new Frame(readMembers(parser, text));
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
                objects.add(new Frame(readMembers(parser, text)));
            }
            if (!isArray || parser.currentToken() != JsonToken.END_ARRAY || objects.isEmpty()) {
                throw bad("an array of at least one object is expected, and nothing else in it");
            }
            return objects;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be read twice", impossible);
        }
    }

    private static Map<String, Member> readMembers(JsonParser parser, String text)
            throws IOException, BadFrameException {
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int start = (int) parser.currentTokenLocation().getCharOffset();
            if (members.put(name, readValue(parser, text, start)) != null) {
                throw bad("a name stands twice in the object");
            }
        }
        return members;
    }

    private static Member readValue(JsonParser parser, String text, int memberStart) throws IOException {
        JsonToken token = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String string = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return new Member(text.substring(memberStart, end), text.substring(start, end), string);
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
        String value = value(name).orElse("");
        boolean isWhole = WHOLE_NUMBER.matcher(value).matches();
        if (!isWhole || Long.parseLong(value) < min || Long.parseLong(value) > MAX_NUMBER) {
            throw error(ErrorCode.BAD_FRAME, "field " + name + " is no whole number from " + min + " to 2^53 - 1");
        }
        return Long.parseLong(value);
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
        return Optional.ofNullable(members.get(name)).map(Member::value);
    }

    /** The text of all members but those named, joined by commas. */
    String without(Set<String> names) {
        return members.entrySet().stream()
                .filter(member -> !names.contains(member.getKey()))
                .map(member -> member.getValue().text())
                .collect(Collectors.joining(","));
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
