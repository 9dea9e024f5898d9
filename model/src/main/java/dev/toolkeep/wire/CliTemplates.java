package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.CliCall.Form;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The template that runs a program, read and written: UTCP's `commands`, and `command` with `args`.
final class CliTemplates {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_OUTPUT = 16 << 20;
    private static final int MOST = 64;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /// Variables that make a program load or run what they name, and those Toolkeep sets itself.
    private static final List<String> RESERVED_STARTS =
            List.of("LD_", "DYLD_", "BASH_", "__UTCP_", "TOOLKEEP_", "GIT_", "NPM_CONFIG_", "CMD_");

    private static final Set<String> RESERVED = Set.of(
            "ENV",
            "IFS",
            "SHELLOPTS",
            "BASHOPTS",
            "PS4",
            "PROMPT_COMMAND",
            "CDPATH",
            "GLOBIGNORE",
            "NODE_OPTIONS",
            "NODE_PATH",
            "PYTHONSTARTUP",
            "PYTHONPATH",
            "PYTHONHOME",
            "PERL5OPT",
            "PERL5LIB",
            "PERL5DB",
            "RUBYOPT",
            "RUBYLIB",
            "JAVA_TOOL_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "CLASSPATH",
            "PAGER",
            "EDITOR",
            "VISUAL");

    private CliTemplates() {}

    static CallTemplate.Cli read(JsonNode json) throws Malformed {
        if (!(Auths.read(json) instanceof Auth.None)) {
            throw new Malformed("a cli template has no auth: pass a secret in env_vars as ${NAME}");
        }
        Amounts.refuse(json, "command_name", "is the form of UTCP 0.x; write command and args, or commands");
        if (Amounts.yes(json, "shell", false)) {
            throw new Malformed("shell: true is refused; write commands, whose arguments are kept out of the shell");
        }
        if (!Amounts.yes(json, "capture_output", true)) {
            throw new Malformed("capture_output: false is refused: the output is the answer");
        }
        Map<String, String> environment = Members.textMap(json, twin(json, "env_vars", "environment"));
        environment(environment);
        return new CallTemplate.Cli(new CliCall(
                form(json),
                environment,
                inherited(json),
                directory(json),
                Amounts.seconds(json, "timeout", TIMEOUT),
                exitCodes(json),
                Amounts.number(json, "max_output_bytes", 1, MOST_OUTPUT, MOST_OUTPUT),
                sandboxed(json)));
    }

    static void write(CliCall call, ObjectNode json) {
        json.put("call_template_type", "cli");
        switch (call.form()) {
            case Form.Program(String command, List<String> args) -> {
                json.put("command", command);
                Members.put(json, "args", args);
            }
            case Form.Script(List<CliCall.Step> steps) -> {
                ArrayNode list = json.putArray("commands");
                steps.forEach(step ->
                        list.addObject().put("command", step.command()).put("append_to_final_output", step.shown()));
            }
        }
        Members.put(json, "env_vars", call.environment());
        ArrayNode inherited = json.putArray("inherit_env_vars");
        new TreeSet<>(call.inherited()).forEach(inherited::add);
        if (!call.workingDirectory().isEmpty()) {
            json.put("working_dir", call.workingDirectory());
        }
        Amounts.putSeconds(json, "timeout", call.timeout());
        ArrayNode codes = json.putArray("allowed_exit_codes");
        new TreeSet<>(call.allowedExitCodes()).forEach(codes::add);
        json.put("max_output_bytes", call.outputBytes());
        if (call.sandboxed()) {
            json.put("sandbox", "required");
        }
    }

    private static Form form(JsonNode json) throws Malformed {
        @Nullable JsonNode commands = Members.given(json, "commands");
        if (commands == null) {
            return program(json);
        }
        Amounts.refuse(json, "command", "and commands exclude each other");
        Amounts.refuse(json, "args", "and commands exclude each other");
        if (!commands.isArray() || commands.isEmpty() || commands.size() > MOST) {
            throw new Malformed("commands must be a list of 1 to " + MOST + " commands");
        }
        List<CliCall.Step> steps = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            if (!commands.get(i).isObject()) {
                throw new Malformed("each of commands must be an object");
            }
            boolean last = i == commands.size() - 1;
            steps.add(new CliCall.Step(
                    Members.text(commands.get(i), "command"),
                    Amounts.yes(commands.get(i), "append_to_final_output", last)));
        }
        ShellStep.readAll(steps.stream().map(CliCall.Step::command).toList());
        return new Form.Script(steps);
    }

    private static Form program(JsonNode json) throws Malformed {
        String command = absolute("command", Members.text(json, "command"));
        List<String> args = Members.texts(json, "args");
        if (args.size() > MOST) {
            throw new Malformed("args may be at most " + MOST);
        }
        List<String> words = new ArrayList<>(List.of(command));
        boolean takes = false;
        for (String arg : args) {
            boolean open = !Marks.names(arg).isEmpty();
            takes |= open;
            words.add(open ? "" : arg);
            if (arg.indexOf('\0') >= 0) {
                throw new Malformed("args hold what no program can be given");
            }
            if (!dev.toolkeep.secret.Placeholders.names(arg).isEmpty()) {
                throw new Malformed("args are seen by everybody on the machine: pass a secret in env_vars as ${NAME};"
                        + " an argument of the call is UTCP_ARG_name_UTCP_END");
            }
        }
        if (takes) {
            CommandRules.check(words);
        }
        return new Form.Program(command, args);
    }

    /// Of two names for one member the one that is used.
    private static String twin(JsonNode json, String name, String other) throws Malformed {
        boolean given = Members.given(json, other) != null;
        if (given && Members.given(json, name) != null) {
            throw new Malformed(name + " and " + other + " exclude each other");
        }
        return given ? other : name;
    }

    private static void environment(Map<String, String> environment) throws Malformed {
        if (environment.size() > MOST) {
            throw new Malformed("env_vars may be at most " + MOST);
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (!VARIABLE.matcher(name).matches() || variable.getValue().indexOf('\0') >= 0) {
                throw new Malformed("env_vars hold what no program can be given");
            }
            if (RESERVED.contains(name) || RESERVED_STARTS.stream().anyMatch(name::startsWith)) {
                throw new Malformed("env_vars may not hold " + name + ": it changes what programs load or run");
            }
        }
    }

    private static Set<String> inherited(JsonNode json) throws Malformed {
        if (Members.given(json, "inherit_env_vars") == null) {
            return CliCall.INHERITABLE;
        }
        Set<String> names = Set.copyOf(new TreeSet<>(Members.texts(json, "inherit_env_vars")));
        for (String name : names) {
            if (!CliCall.INHERITABLE.contains(name)) {
                throw new Malformed("inherit_env_vars may name " + String.join(", ", new TreeSet<>(CliCall.INHERITABLE))
                        + " only: `secret set` anything else and pass it in env_vars as ${NAME}");
            }
        }
        return names;
    }

    private static String directory(JsonNode json) throws Malformed {
        String name = twin(json, "working_dir", "working_directory");
        String directory = Members.text(json, name, "");
        return directory.isEmpty() ? "" : absolute(name, directory);
    }

    static String absolute(String name, String path) throws Malformed {
        try {
            boolean plain = path.startsWith("/")
                    && path.length() <= 4096
                    && path.chars().noneMatch(c -> c < ' ');
            if (plain
                    && Path.of(path).normalize().toString().equals(path)
                    && Marks.names(path).isEmpty()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Falls through: it is no path.
        }
        throw new Malformed(name + " must be an absolute path without . and .., fixed in the template");
    }

    private static Set<Integer> exitCodes(JsonNode json) throws Malformed {
        @Nullable JsonNode given = Members.given(json, "allowed_exit_codes");
        if (given == null) {
            return Set.of(0);
        }
        Set<Integer> codes = new TreeSet<>();
        for (JsonNode code : given) {
            if (!code.isIntegralNumber() || !code.canConvertToInt() || code.intValue() < 0 || code.intValue() > 255) {
                throw new Malformed("allowed_exit_codes must be whole numbers from 0 to 255");
            }
            codes.add(code.intValue());
        }
        if (!given.isArray() || codes.isEmpty()) {
            throw new Malformed("allowed_exit_codes must be a list of whole numbers from 0 to 255");
        }
        return codes;
    }

    private static boolean sandboxed(JsonNode json) throws Malformed {
        return switch (Members.text(json, "sandbox", "none")) {
            case "required" -> true;
            case "none" -> false;
            default -> throw new Malformed("sandbox must be required or none");
        };
    }
}
