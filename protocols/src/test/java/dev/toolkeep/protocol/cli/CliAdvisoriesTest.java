package dev.toolkeep.protocol.cli;

import static dev.toolkeep.protocol.cli.Runs.program;
import static dev.toolkeep.protocol.cli.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What was published against the public UTCP libraries' `cli`, and what is still open there.
class CliAdvisoriesTest {
    @TempDir
    private Path folder;

    private Runs runs;

    @BeforeEach
    void open() {
        runs = new Runs(folder);
    }

    @AfterEach
    void close() {
        runs.close();
        assertThat(folder).as("no value ran as a command").isEmptyDirectory();
    }

    /// `PWNED` stands for a file that a value would make if any of it were run.
    static Stream<String> values() {
        return Stream.of(
                "; touch PWNED",
                "&& touch PWNED",
                "| touch PWNED",
                "|| touch PWNED",
                "& touch PWNED &",
                "\ntouch PWNED\n",
                "\r\ntouch PWNED",
                "$(touch PWNED)",
                "`touch PWNED`",
                "${x:=$(touch PWNED)}",
                "\"; touch PWNED; \"",
                "'; touch PWNED; '",
                "'\"'; touch PWNED; '\"'",
                "\\\"; touch PWNED; #",
                "\\",
                "\"",
                "'",
                "'\"",
                "a[$(touch PWNED)]",
                "x=$(touch PWNED)",
                "() { :; }; touch PWNED",
                "<(touch PWNED)",
                "> PWNED",
                ">>PWNED",
                "{touch,PWNED}",
                "* ? [a-z] ~ ~root",
                "$HOME $PATH ${IFS} $IFS$9 $$ $? $! $@",
                "!! !touch",
                "%s%n%x %0A",
                "\u0001\u0007\u001b]0;x\u0007\u007f",
                "\u202e\u2028\u2029\u00a0\ufeff\u200b",
                "é ü 日本語 🙂 e\u0301",
                "＇；ｔｏｕｃｈ　ＰＷＮＥＤ",
                "$'\\x3b touch PWNED'",
                "../../../../etc/passwd",
                "file:///etc/passwd",
                "UTCP_ARG_y_UTCP_END",
                "$__UTCP_ARG_y",
                "EOF\ntouch PWNED\nEOF",
                "",
                " ",
                "\t",
                "a".repeat(100_000),
                "$(touch PWNED) ".repeat(1_000));
    }

    @ParameterizedTest
    @MethodSource("values")
    void ghsa33p65jxpp3x4NoArgumentBecomesACommand(String pattern) {
        String value = pattern.replace("PWNED", folder.resolve("pwned").toString());
        ObjectNode arguments = Json.object().put("x", value).put("y", "other");
        String shown = "<" + value + ">";
        assertThat(answered(program("/usr/bin/printf", "%s|", "<UTCP_ARG_x_UTCP_END>"), arguments))
                .isEqualTo(shown + "|");
        assertThat(answered(script("printf '%s|' \"<UTCP_ARG_x_UTCP_END>\" <&- | cat"), arguments))
                .isEqualTo(shown + "|");
        assertThat(answered(script("printf '%s|' -- UTCP_ARG_x_UTCP_END end"), arguments))
                .isEqualTo("--|" + value + "|end|");
        assertThat(answered(
                        script(
                                "echo UTCP_ARG_y_UTCP_END; printf '<%s>' z=UTCP_ARG_x_UTCP_END",
                                "printf '%s|' \"$CMD_0_OUTPUT\""),
                        arguments))
                .isEqualTo("other\n<z=" + value + ">|");
    }

    private String answered(ObjectNode template, ObjectNode arguments) {
        return runs.text(template, arguments);
    }

    @ParameterizedTest
    @MethodSource("options")
    void ghsa33p65jxpp3x4NoArgumentBecomesAnOption(String value) {
        ObjectNode arguments = Json.object().put("x", value);
        for (ObjectNode template : List.of(
                program("/usr/bin/printf", "UTCP_ARG_x_UTCP_END", "a"),
                script("printf UTCP_ARG_x_UTCP_END a"),
                script("printf \"UTCP_ARG_x_UTCP_END\" a"))) {
            assertThat(runs.fault(template, arguments).message())
                    .isEqualTo("the argument x may not start with - here: the program could take it for an option");
        }
        assertThat(runs.text(
                        program("/usr/bin/printf", "--", "UTCP_ARG_x_UTCP_END"),
                        Json.object().put("x", "-n")))
                .isEqualTo("-n");
    }

    static Stream<String> options() {
        return Stream.of("-", "--", "-v", "--help", "-va[$(id)]", "-o/etc/passwd", "--exec=id");
    }

    @Test
    void ghsa33p65jxpp3x4WhatNoProgramCanBeGivenIsAFault() {
        ObjectNode template = script("printf %s UTCP_ARG_x_UTCP_END");
        assertThat(runs.fault(template, Json.object().put("x", "a\0b")).message())
                .contains("NUL");
        assertThat(runs.fault(template, Json.object().put("x", "a".repeat(130_000)))
                        .message())
                .contains("longer than a program can be given");
        assertThat(runs.fault(template, Json.object().put("x", "\ud800")).kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void ghsa33p65jxpp3x4ValuesOfOtherTypesAreWrittenAsJson() {
        ObjectNode arguments = Runs.json("{\"x\": [\"$(id)\", 1], \"y\": {\"a\": \"`id`\"}, \"z\": true, \"n\": 1.50}");
        assertThat(runs.text(
                        script("printf '%s|' UTCP_ARG_x_UTCP_END UTCP_ARG_y_UTCP_END UTCP_ARG_z_UTCP_END"
                                + " UTCP_ARG_n_UTCP_END"),
                        arguments))
                .isEqualTo("[\"$(id)\",1]|{\"a\":\"`id`\"}|true|1.50|");
    }

    @Test
    void ghsa5v578rxj3p2rAndGhsaR8j58747_88cmOnlyNamedVariablesAreInherited() {
        assertThat(names(program("/usr/bin/env"))).containsExactly("HOME", "LANG", "PATH", "TOOLKEEP_CHILD");
        ObjectNode strict = program("/usr/bin/env");
        strict.putArray("inherit_env_vars");
        strict.putObject("env_vars").put("OWN", "1");
        assertThat(names(strict)).containsExactly("OWN", "TOOLKEEP_CHILD");
    }

    private List<String> names(ObjectNode template) {
        return runs.text(template, Json.object())
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .sorted()
                .toList();
    }
}
