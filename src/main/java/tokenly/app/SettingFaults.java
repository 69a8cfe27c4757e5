package tokenly.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tokenly.protocol.FrameLimits;

/** What is wrong with the settings, a line each, so that an operator sees all of it at once. For one thread. */
final class SettingFaults {

    /** Where clients of the same user have their token in the environment; it is no setting of a server. */
    private static final String TOKEN_OF_CLIENTS = "TOKENLY_TOKEN";

    private static final String TOKEN_OF_CLIENTS_AS_KEY = "tokenly.token";

    private final List<String> faults = new ArrayList<>();

    /**
     * Notes the names that are ours and no settings.
     *
     * @param names of all properties that are set anywhere
     * @param environmentNames of all variables of the environment
     */
    void checkNames(Iterable<String> names, Iterable<String> environmentNames) {
        Set<String> variables = new HashSet<>();
        environmentNames.forEach(variables::add);
        boolean hasTokenOfClients = variables.remove(TOKEN_OF_CLIENTS);
        for (String name : names) { // a variable may stand here, too, in the form of a key
            if (!hasTokenOfClients || !name.equals(TOKEN_OF_CLIENTS_AS_KEY)) {
                checkName(name, "tokenly.", Setting::key);
            }
        }
        variables.forEach(name -> checkName(name, "TOKENLY_", Setting::environmentKey));
    }

    private void checkName(String name, String prefix, Function<Setting, String> known) {
        boolean isOurs = name.startsWith(prefix);
        if (isOurs && Arrays.stream(Setting.values()).map(known).noneMatch(name::equals)) {
            faults.add(name + " is no setting; there are "
                    + Arrays.stream(Setting.values()).map(known).collect(Collectors.joining(", ")));
        }
    }

    /** Notes {@code text} if {@code setting} may not have that value. */
    void checkValue(Setting setting, String text) {
        if (setting.parse(text).isEmpty()) {
            faults.add(setting.key() + " is " + setting.shown(text) + ", but must be " + setting.range());
        }
    }

    /** Notes values that are in range one by one but do not fit together. Does nothing if anything is wrong before. */
    void checkTogether(Settings settings) {
        if (!faults.isEmpty()) {
            return;
        }
        DoorSettings door = new DoorSettings(settings);
        Stream.<Runnable>of(
                        settings::reconnectPolicy,
                        settings::heartbeatTimes,
                        () -> checkFrames(settings),
                        settings.tokens()::check,
                        settings.ice()::check,
                        settings.stores()::check,
                        door::checkOpen,
                        door::checkAdmins)
                .forEach(this::checkContradiction);
    }

    private void checkContradiction(Runnable build) {
        try {
            build.run();
        } catch (IllegalArgumentException contradiction) {
            faults.add(contradiction.getMessage());
        }
    }

    /** A large frame must fit beside others, or its reader would be called too slow again and again. */
    private static void checkFrames(Settings settings) {
        int frame = settings.whole(Setting.FRAME_BYTES);
        int queue = settings.whole(Setting.SEND_QUEUE);
        if (frame > FrameLimits.DEFAULT_FRAME_BYTES && queue < 2 * frame) {
            throw new IllegalArgumentException(Setting.SEND_QUEUE.key() + " is " + queue
                    + ", but must be at least twice " + Setting.FRAME_BYTES.key() + ", which is " + frame);
        }
    }

    /** @throws IllegalArgumentException with all faults, if there are any */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("wrong settings:\n  " + String.join("\n  ", faults));
        }
    }
}
