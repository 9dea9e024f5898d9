package dev.toolkeep.command;

import dev.toolkeep.clientfile.LooksSecret;
import dev.toolkeep.remote.Failed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Names with values as they are typed: `NAME=VALUE`, `Name: value`. A value that looks like a secret is warned about;
/// no value is ever repeated.
final class Pairs {
    private Pairs() {}

    static Map<String, String> variables(List<String> typed, Consumer<String> notes) throws Failed {
        return parted(typed, '=', "--env", "NAME=VALUE", notes);
    }

    static Map<String, String> headers(List<String> typed, Consumer<String> notes) throws Failed {
        return parted(typed, ':', "--header", "'Name: value'", notes);
    }

    private static Map<String, String> parted(
            List<String> typed, char between, String option, String form, Consumer<String> notes) throws Failed {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : typed) {
            int at = text.indexOf(between);
            if (at < 1) {
                throw Failed.usage(option + " is written " + form, "see `toolkeep source add --help`");
            }
            String name = text.substring(0, at).strip();
            String value = between == ':' ? text.substring(at + 1).strip() : text.substring(at + 1);
            if (pairs.put(name, value) != null) {
                throw Failed.usage(option + " names " + name + " twice", "see `toolkeep source add --help`");
            }
            if (LooksSecret.value(value)) {
                notes.accept("warning: the value of " + name + " looks like a secret; everybody on this machine may see"
                        + " it here. Use `toolkeep secret set` and write ${NAME} in its place.");
            }
        }
        return pairs;
    }
}
