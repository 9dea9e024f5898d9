package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.CliCall.Form;
import dev.toolkeep.tool.FileCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `cli` and `file`, read.
class LocalTemplatesTest {
    @Test
    void theSeedsProgramIsHonouredFieldByField() throws Malformed {
        CliCall call = cli("""
                'command': '/usr/bin/tool', 'args': ['--input', 'UTCP_ARG_sanitized_input_UTCP_END'],
                'working_directory': '/safe/work', 'environment': {'PATH': '/usr/bin', 'HOME': '/nowhere'},
                'timeout': 30, 'allowed_exit_codes': [0, 3], 'shell': false, 'capture_output': true, 'auth': null""");
        assertThat(call)
                .isEqualTo(new CliCall(
                        new Form.Program("/usr/bin/tool", List.of("--input", "UTCP_ARG_sanitized_input_UTCP_END")),
                        Map.of("PATH", "/usr/bin", "HOME", "/nowhere"),
                        CliCall.INHERITABLE,
                        "/safe/work",
                        Duration.ofSeconds(30),
                        Set.of(0, 3),
                        16 << 20,
                        false));
    }

    @Test
    void ofAScriptTheLastStepIsShownUnlessSaidOtherwise() throws Malformed {
        CliCall call = cli("""
                'commands': [{'command': 'a', 'append_to_final_output': true}, {'command': 'b'},
                             {'command': 'c', 'append_to_final_output': null}],
                'inherit_env_vars': [], 'sandbox': 'required', 'max_output_bytes': 10""");
        assertThat(call.form())
                .isEqualTo(new Form.Script(List.of(
                        new CliCall.Step("a", true), new CliCall.Step("b", false), new CliCall.Step("c", true))));
        assertThat(call.inherited()).isEmpty();
        assertThat(call.sandboxed()).isTrue();
        assertThat(call.outputBytes()).isEqualTo(10);
        assertThat(call.program()).isEqualTo("/bin/bash");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '#',
            value = {
                "'command': 'tool'#absolute",
                "'command': '/bin/../bin/tool'#absolute",
                "'command': '/bin/UTCP_ARG_x_UTCP_END'#absolute",
                "'command': '/bin/a', 'commands': [{'command': 'a'}]#exclude",
                "'commands': []#1 to 64",
                "'commands': ['a']#object",
                "'commands': [{'command': ' '}]#text",
                "'commands': [{'command': \"echo 'UTCP_ARG_x_UTCP_END'\"}]#single quotes",
                "'command': '/bin/sh', 'args': ['-c', 'UTCP_ARG_x_UTCP_END']#'sh'",
                "'command': '/usr/bin/env', 'args': ['UTCP_ARG_x_UTCP_END']#'env'",
                "'command': '/usr/bin/python3', 'args': ['-c', 'UTCP_ARG_x_UTCP_END']#script file",
                "'command': '/bin/a', 'args': ['${SECRET}']#seen by everybody",
                "'command': '/bin/a', 'shell': true#shell: true",
                "'command': '/bin/a', 'capture_output': false#capture_output",
                "'command_name': 'a b'#0.x",
                "'command': '/bin/a', 'env_vars': {}, 'environment': {}#exclude",
                "'command': '/bin/a', 'env_vars': {'LD_PRELOAD': '/x'}#LD_PRELOAD",
                "'command': '/bin/a', 'env_vars': {'BASH_ENV': '/x'}#BASH_ENV",
                "'command': '/bin/a', 'env_vars': {'__UTCP_ARG_x': '1'}#__UTCP_ARG_x",
                "'command': '/bin/a', 'env_vars': {'A=B': '1'}#no program",
                "'command': '/bin/a', 'inherit_env_vars': ['AWS_SECRET_ACCESS_KEY']#secret set",
                "'command': '/bin/a', 'working_dir': 'here'#absolute",
                "'command': '/bin/a', 'allowed_exit_codes': [256]#0 to 255",
                "'command': '/bin/a', 'allowed_exit_codes': []#allowed_exit_codes",
                "'command': '/bin/a', 'timeout': 0#timeout",
                "'command': '/bin/a', 'sandbox': 'maybe'#required or none",
                "'command': '/bin/a', 'auth': {'auth_type': 'basic', 'username': 'u', 'password': 'p'}#no auth",
            })
    void whatCannotBeHonouredIsRefusedWithItsReason(String members, String reason) {
        assertThatThrownBy(() -> cli(members)).isInstanceOf(Malformed.class).hasMessageContaining(reason);
    }

    @Test
    void theSeedsFileIsHonouredFieldByFieldAlsoAsText() throws Malformed {
        String members = """
                'file_path': '/safe/data/${filename}', 'max_size': 1048576, 'allowed_paths': ['/safe/data/'],
                'encoding': 'UTF-8', 'allowed_extensions': ['TXT', '.json']""";
        FileCall call = new FileCall(
                "/safe/data/${filename}", List.of("/safe/data"), 1 << 20, "utf-8", List.of(".txt", ".json"));
        assertThat(read("file", members)).isEqualTo(new CallTemplate.File(call));
        assertThat(read("text", members)).isEqualTo(new CallTemplate.File(call));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '#',
            value = {
                "'file_path': ''#must be a path",
                "'file_path': 'relative'#absolute",
                "'file_path': 'relative', 'allowed_paths': ['/a', '/b']#absolute",
                "'file_path': '/a', 'allowed_paths': ['b']#absolute",
                "'file_path': '/a', 'allowed_paths': ['/b/../c']#absolute",
                "'file_path': '/a', 'max_size': 0#max_size",
                "'file_path': '/a', 'encoding': 'klingon'#encoding",
                "'file_path': '/a', 'allowed_extensions': ['/']#.txt",
                "'file_path': '/a', 'transform': 'upper'#transform",
            })
    void aFileThatCannotBeReadAsSaidIsRefused(String members, String reason) {
        assertThatThrownBy(() -> read("file", members))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(reason);
    }

    private static CliCall cli(String members) throws Malformed {
        return ((CallTemplate.Cli) read("cli", members)).call();
    }

    private static CallTemplate read(String type, String members) throws Malformed {
        String json = "{'call_template_type': '" + type + "', " + members + "}";
        boolean quoted = json.contains("\"");
        String text = quoted ? json.replace("\"", "\0").replace('\'', '"') : json.replace('\'', '"');
        return Templates.fromJson(Samples.json(restored(text)));
    }

    /// A text in the other kind of quotes keeps the quotes inside it.
    private static String restored(String text) {
        StringBuilder out = new StringBuilder();
        boolean inner = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            inner ^= c == '\0';
            out.append(c == '\0' ? '"' : inner && c == '"' ? '\'' : c);
        }
        return out.toString();
    }
}
