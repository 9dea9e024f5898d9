package dev.toolkeep.lint;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Templates that start a program: `cli`, and MCP servers that are commands.
final class CommandRules {
    private static final Pattern SHELL_TEXT = Pattern.compile("[;&|`$(){}<>*?\\n\\r]");
    private static final Pattern ABSOLUTE = Pattern.compile("^(?:/|[A-Za-z]:[\\\\/])");
    private static final Pattern TLS_SWITCH =
            Pattern.compile("(?:^|\\s)(?:-k|--insecure|--no-check-certificate|--no-verify-ssl)(?:\\s|$)");
    private static final Set<String> SHELLS = Set.of(
            "sh",
            "bash",
            "zsh",
            "dash",
            "ksh",
            "fish",
            "cmd",
            "cmd.exe",
            "powershell",
            "powershell.exe",
            "pwsh",
            "eval");

    private final Report report;

    CommandRules(Report report) {
        this.report = report;
    }

    void template(JsonNode template, String type, String place) {
        if (type.equals("cli")) {
            cli(template, place);
        } else if (type.equals("mcp")) {
            mcp(template, place);
        }
    }

    private void cli(JsonNode template, String place) {
        report.add(Rule.STARTS_PROCESS, place, "it starts a program");
        JsonNode commands = template.get("commands");
        if (commands != null && commands.isArray()) {
            for (int i = 0; i < commands.size(); i++) {
                String inner = Tree.at(Tree.at(Tree.at(place, "commands"), i), "command");
                String text = Tree.text(commands.get(i), "command");
                if (!text.isEmpty()) {
                    report.add(Rule.SHELL_COMMAND, inner, "a shell runs it");
                    program(firstWord(text), inner);
                    tlsSwitch(text, inner);
                }
            }
        }
        server(template, place);
        JsonNode shell = template.get("shell");
        if (shell != null && shell.isBoolean() && shell.booleanValue()) {
            report.add(Rule.SHELL_COMMAND, Tree.at(place, "shell"), "a shell runs it");
        }
    }

    private void mcp(JsonNode template, String place) {
        for (String member : List.of("config", "server_config", "server")) {
            JsonNode config = template.get(member);
            if (config == null) {
                continue;
            }
            process(config, Tree.at(place, member));
            JsonNode servers = config.get("mcpServers");
            if (servers != null) {
                String inner = Tree.at(Tree.at(place, member), "mcpServers");
                for (Map.Entry<String, JsonNode> server : servers.properties()) {
                    process(server.getValue(), Tree.at(inner, server.getKey()));
                }
            }
        }
        process(template, place);
    }

    private void process(JsonNode server, String place) {
        if (server.has("command")) {
            report.add(Rule.STARTS_PROCESS, Tree.at(place, "command"), "it starts an MCP server as a program");
            server(server, place);
        }
    }

    /// `command` (a text or a list) and `args`.
    private void server(JsonNode server, String place) {
        for (String member : List.of("command", "command_name")) {
            JsonNode command = server.get(member);
            if (command == null) {
                continue;
            }
            String inner = Tree.at(place, member);
            if (command.isArray() && !command.isEmpty() && command.get(0).isString()) {
                argv(command.get(0).stringValue(), command, inner);
            } else if (command.isString() && !command.stringValue().isEmpty()) {
                String text = command.stringValue();
                if (SHELL_TEXT.matcher(text).find()) {
                    report.add(Rule.SHELL_COMMAND, inner, "it holds what a shell acts on");
                }
                argv(firstWord(text), server.get("args"), inner);
                tlsSwitch(text, inner);
            }
        }
        JsonNode args = server.get("args");
        if (args != null) {
            for (int i = 0; args.isArray() && i < args.size(); i++) {
                tlsSwitch(args.get(i).isString() ? args.get(i).stringValue() : "", Tree.at(Tree.at(place, "args"), i));
            }
        }
    }

    private void argv(String program, @Nullable JsonNode args, String place) {
        program(program, place);
        String name = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
        boolean script = false;
        for (int i = 0; args != null && args.isArray() && i < args.size(); i++) {
            String arg = args.get(i).isString() ? args.get(i).stringValue() : "";
            script |= arg.equals("-c") || arg.equals("/c") || arg.equals("/C") || arg.equalsIgnoreCase("-Command");
        }
        if (script && SHELLS.contains(name.toLowerCase(Locale.ROOT))) {
            report.add(Rule.SHELL_COMMAND, place, "it hands text to a shell");
        }
    }

    private void program(String program, String place) {
        if (program.contains("{") || program.contains("$") || program.contains("UTCP_ARG_")) {
            report.add(Rule.SHELL_COMMAND, place, "what runs is chosen by a placeholder");
        } else if (!ABSOLUTE.matcher(program).find()) {
            report.add(Rule.RELATIVE_COMMAND, place, "the command should use an absolute path");
        }
    }

    private void tlsSwitch(String text, String place) {
        if (TLS_SWITCH.matcher(text).find()) {
            report.add(Rule.TLS_OFF, place, "certificates are not checked");
        }
    }

    private static String firstWord(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
            end++;
        }
        return stripped.substring(0, end);
    }
}
