package dev.toolkeep.protocol.cli;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.http.ArgumentText;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.process.Folders;
import dev.toolkeep.protocol.process.Launch;
import dev.toolkeep.protocol.process.Walls;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.CliCall.Form;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Marks;
import dev.toolkeep.wire.ShellStep;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one call starts: grants checked, arguments and secrets in their places. Used once.
final class CliPlan {
    /// What Linux takes as one argument or variable is 128 KiB; all together are kept well below what it takes.
    private static final int LONGEST = 120_000;

    private static final int MOST = 1 << 20;
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final CliCall call;
    private final Dispatch dispatch;
    private int total;

    CliPlan(CliCall call, Dispatch dispatch) {
        this.call = call;
        this.dispatch = dispatch;
    }

    /// May touch the disk.
    Launch launch() throws Unrunnable {
        Walls walls = walls();
        String folder = folder();
        Map<String, String> variables = environment();
        return switch (call.form()) {
            case Form.Program program -> new Launch(command(program), variables, call.inherited(), folder, walls);
            case Form.Script script -> {
                List<ShellStep> steps = steps(script, variables);
                String driver = ShellDriver.text(script, call.allowedExitCodes(), !folder.isEmpty());
                for (int i = 0; i < steps.size(); i++) {
                    variables.put(
                            ShellDriver.STEP + i, fits("a step", steps.get(i).text()));
                }
                if (!folder.isEmpty()) {
                    variables.put(ShellDriver.WORK, folder);
                }
                List<String> command = List.of(Form.Script.SHELL, "--noprofile", "--norc", "-c", driver);
                yield new Launch(command, variables, call.inherited(), "", walls);
            }
        };
    }

    private Walls walls() throws Unrunnable {
        String program = call.program();
        Reach reach = dispatch.reach();
        Reach.Running running = reach.running(program);
        if (running == Reach.Running.NOT) {
            throw new Unrunnable(
                    Kind.EGRESS_DENIED,
                    "the program " + program
                            + " was not granted to the source; an operator adds the source with --reach" + " run:"
                            + program + " or sandbox:" + program);
        }
        return running == Reach.Running.SANDBOXED || call.sandboxed()
                ? new Walls.Sandboxed(
                        reach.networkFor(program), Folders.real(reach.readable()), Folders.real(reach.writable()))
                : new Walls.Limited();
    }

    /// Where it works, with links resolved: inside what was granted.
    private String folder() throws Unrunnable {
        if (call.workingDirectory().isEmpty()) {
            return "";
        }
        try {
            Path real = Path.of(call.workingDirectory()).toRealPath();
            if (Files.isDirectory(real)
                    && Folders.hold(Folders.real(dispatch.reach().readable()), real)) {
                return real.toString();
            }
        } catch (IOException e) {
            // Falls through: whether it is there is nobody's business who was not granted it.
        }
        throw new Unrunnable(
                Kind.EGRESS_DENIED,
                "the working directory of the tool is not there or was not granted to the source; an operator adds the"
                        + " source with --reach file:" + call.workingDirectory());
    }

    private Map<String, String> environment() throws Unrunnable {
        Map<String, String> filled = new TreeMap<>();
        for (Map.Entry<String, String> variable : call.environment().entrySet()) {
            for (String name : Placeholders.names(variable.getValue())) {
                if (value(name) == null) {
                    throw new Unrunnable(
                            Kind.MISSING_SECRET, "the secret ${" + name + "} was not granted to this tool");
                }
            }
            String text = Placeholders.fill(variable.getValue(), name -> String.valueOf(value(name)));
            filled.put(variable.getKey(), fits("the variable " + variable.getKey(), text));
        }
        return filled;
    }

    private @Nullable String value(String name) {
        return name.equals(Placeholders.REQUEST_ID)
                ? dispatch.requestId()
                : dispatch.secrets().value(name);
    }

    /// One argument of the template is one argument of the program, whatever stands in it.
    private List<String> command(Form.Program program) throws Unrunnable {
        List<String> command = new ArrayList<>(List.of(program.command()));
        boolean noMoreOptions = false;
        for (String arg : program.args()) {
            StringBuilder filled = new StringBuilder();
            for (Marks.Piece piece : Marks.pieces(arg)) {
                filled.append(piece.argument() ? argument(piece.text()) : piece.text());
            }
            boolean option = filled.indexOf("-") == 0 && !arg.startsWith("-") && !noMoreOptions;
            if (option) {
                throw optionLike(Marks.names(arg).iterator().next());
            }
            noMoreOptions |= arg.equals("--");
            command.add(filled.toString());
        }
        return command;
    }

    private List<ShellStep> steps(Form.Script script, Map<String, String> variables) throws Unrunnable {
        List<ShellStep> steps;
        try {
            steps = ShellStep.readAll(
                    script.steps().stream().map(CliCall.Step::command).toList());
        } catch (Malformed e) {
            throw new Unrunnable(Kind.BAD_REQUEST, "the tool's command cannot be run: " + e.getMessage());
        }
        for (ShellStep step : steps) {
            for (ShellStep.Place place : step.arguments()) {
                String value = argument(place.name());
                if (place.leads() && value.startsWith("-")) {
                    throw optionLike(place.name());
                }
                variables.put(ShellStep.VARIABLE + place.name(), value);
            }
        }
        return steps;
    }

    private static Unrunnable optionLike(String name) {
        return new Unrunnable(
                Kind.BAD_REQUEST,
                "the argument " + name + " may not start with - here: the program could take it for an option");
    }

    private String argument(String name) throws Unrunnable {
        JsonNode value = dispatch.arguments().get(name);
        if (value == null || value.isNull()) {
            throw new Unrunnable(Kind.BAD_REQUEST, "the argument " + name + " is missing, so nothing was run");
        }
        return fits("the argument " + name, ArgumentText.of(value));
    }

    private String fits(String what, String text) throws Unrunnable {
        byte[] bytes = text.getBytes(NATIVE);
        total += bytes.length;
        if (text.indexOf('\0') >= 0) {
            throw new Unrunnable(Kind.BAD_REQUEST, what + " holds a NUL, which no program can be given");
        }
        if (bytes.length > LONGEST || total > MOST) {
            throw new Unrunnable(Kind.BAD_REQUEST, what + " is longer than a program can be given");
        }
        if (!new String(bytes, NATIVE).equals(text)) {
            throw new Unrunnable(
                    Kind.BAD_REQUEST,
                    what + " holds a character that programs cannot be given here; start Toolkeep with LC_ALL=C.UTF-8");
        }
        return text;
    }
}
