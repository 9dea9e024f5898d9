package dev.toolkeep.clientfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolkeep.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFileTest {
    @Test
    void settingsWithCommandsAndUrls() throws Malformed {
        Found found = read(".mcp.json", """
                {"mcpServers": {
                  "Files": {"command": "npx", "args": ["-y", "files-mcp", "/srv/data"], "cwd": "/srv"},
                  "tickets": {"type": "http", "url": "https://mcp.example.com/mcp",
                    "headers": {"Authorization": "Bearer abc", "X-Team": "blue"}},
                  "old": {"type": "sse", "url": "https://mcp.example.com/sse"},
                  "off": {"command": "x", "disabled": true},
                  "both": {"command": "x", "url": "https://mcp.example.com"},
                  "none": {}
                }}""");
        assertThat(found.servers()).hasSize(2);
        Wanted files = found.servers().getFirst();
        assertThat(files.name()).isEqualTo("files");
        assertThat(files.command()).containsExactly("npx", "-y", "files-mcp", "/srv/data");
        assertThat(files.directory()).isEqualTo("/srv");
        Wanted tickets = found.servers().get(1);
        assertThat(tickets.headers())
                .containsEntry("Authorization", "Bearer ${AUTHORIZATION}")
                .containsEntry("X-Team", "blue");
        assertThat(tickets.secrets()).containsEntry("AUTHORIZATION", "abc");
        assertThat(tickets.toString()).doesNotContain("abc");
        assertThat(found.leftOut()).extracting(Found.LeftOut::name).containsExactly("old", "off", "both", "none");
    }

    @Test
    void credentialsAreTakenOutByNameAndByLook() throws Malformed {
        Wanted one = only(read("a.json", """
                {"mcpServers": {"a": {"command": "x", "env": {
                  "API_KEY": "short", "LEVEL": "debug", "SEED": "ghp_0123456789abcdef0123", "N": 5, "EMPTY_TOKEN": ""}}}}"""));
        assertThat(one.env())
                .containsEntry("API_KEY", "${API_KEY}")
                .containsEntry("SEED", "${SEED}")
                .containsEntry("LEVEL", "debug")
                .containsEntry("N", "5")
                .containsEntry("EMPTY_TOKEN", "");
        assertThat(one.secrets()).containsOnlyKeys("API_KEY", "SEED");
    }

    @Test
    void whatAClientWouldAskForIsMissing() throws Malformed {
        Wanted one = only(read("mcp.json", """
                {
                  // VS Code writes comments
                  "inputs": [{"id": "gh-token", "type": "promptString", "password": true},],
                  "servers": {"gh": {"command": "x", /* and more */ "env": {
                    "T": "${input:gh-token}", "H": "${env:HOME_KEY}", "D": "${LEVEL:-info}", "W": "$WHOLE",
                    "URL": "https://example.com//a,]", },
                  }},
                }"""));
        assertThat(one.env())
                .containsEntry("T", "${GH_TOKEN}")
                .containsEntry("H", "${HOME_KEY}")
                .containsEntry("D", "info")
                .containsEntry("W", "${WHOLE}")
                .containsEntry("URL", "https://example.com//a,]");
        assertThat(one.missing()).containsExactlyInAnyOrder("GH_TOKEN", "HOME_KEY", "WHOLE");
    }

    @Test
    void codexGooseAndZed() throws Malformed {
        Wanted codex = only(read("config.toml", """
                model = "x"
                [mcp_servers.docs]
                url = "https://mcp.example.com/mcp"
                bearer_token_env_var = "DOCS_TOKEN"
                http_headers = { "X-Region" = "eu" }
                """));
        assertThat(codex.headers())
                .containsEntry("Authorization", "Bearer ${DOCS_TOKEN}")
                .containsEntry("X-Region", "eu");
        assertThat(codex.missing()).containsExactly("DOCS_TOKEN");
        Wanted goose = only(read("config.yaml", """
                extensions:
                  fetcher:
                    enabled: true
                    type: stdio
                    cmd: uvx
                    args: [mcp-fetch]
                    envs: { LEVEL: debug }
                    env_keys: [FETCH_KEY]
                """));
        assertThat(goose.command()).containsExactly("uvx", "mcp-fetch");
        assertThat(goose.env()).containsEntry("LEVEL", "debug").containsEntry("FETCH_KEY", "${FETCH_KEY}");
        Wanted zed = only(read("settings.json", """
                {"context_servers": {"z": {"command": {"path": "z-mcp", "args": ["-v"], "env": {"A": "b"}}}}}"""));
        assertThat(zed.command()).containsExactly("z-mcp", "-v");
        assertThat(zed.env()).containsEntry("A", "b");
    }

    @Test
    void theRegistrysDocument() throws Malformed {
        String packaged = """
                {"name": "io.github.someone/weather", "version": "1.2.0", "packages": [
                  {"registryType": "mcpb", "identifier": "https://example.com/a.mcpb", "transport": {"type": "stdio"}},
                  {"registryType": "npm", "identifier": "@someone/weather", "version": "1.2.0",
                   "transport": {"type": "stdio"},
                   "packageArguments": [{"type": "named", "name": "--units", "default": "si"},
                                        {"type": "positional", "value": "serve"}],
                   "environmentVariables": [{"name": "WEATHER_KEY", "isRequired": true, "isSecret": true},
                                            {"name": "CITY", "default": "Ulm"}, {"name": "EXTRA"}]}]}""";
        Wanted one = only(read("server.json", packaged));
        assertThat(one.name()).isEqualTo("weather");
        assertThat(one.command()).containsExactly("npx", "-y", "@someone/weather@1.2.0", "--units", "si", "serve");
        assertThat(one.env())
                .containsEntry("WEATHER_KEY", "${WEATHER_KEY}")
                .containsEntry("CITY", "Ulm")
                .hasSize(2);
        assertThat(one.missing()).containsExactly("WEATHER_KEY");
        Wanted remote = only(read("answer.json", """
                {"server": {"name": "com.example/docs", "remotes": [
                  {"type": "sse", "url": "https://docs.example.com/sse"},
                  {"type": "streamable-http", "url": "https://docs.example.com/mcp",
                   "headers": [{"name": "Authorization", "value": "Bearer {token}", "isRequired": true}]}]},
                 "_meta": {}}"""));
        assertThat(remote.url()).isEqualTo("https://docs.example.com/mcp");
        assertThat(remote.headers()).containsEntry("Authorization", "Bearer ${AUTHORIZATION}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"registryType\":\"npm\",\"identifier\":\"--eval\",\"version\":\"1\"}",
                "{\"registryType\":\"npm\",\"identifier\":\"a\",\"version\":\"-1\"}",
                "{\"registryType\":\"mcpb\",\"identifier\":\"a\"}",
                "{\"registryType\":\"npm\",\"identifier\":\"a\","
                        + "\"packageArguments\":[{\"type\":\"positional\",\"valueHint\":\"folder\",\"isRequired\":true}]}"
            })
    void aPackageThatCannotBeStartedAsItStandsIsLeftOut(String one) throws Malformed {
        Found found = read("server.json", "{\"name\":\"a/b\",\"packages\":[" + one + "]}");
        assertThat(found.servers()).isEmpty();
        assertThat(found.leftOut()).hasSize(1);
    }

    @Test
    void anImageGetsItsVariablesByName() throws Malformed {
        Wanted one = only(read("server.json", """
                {"name": "a/b", "packages": [{"registryType": "oci", "identifier": "ghcr.io/a/b:1.0",
                  "environmentVariables": [{"name": "KEY", "isSecret": true, "isRequired": true}]}]}"""));
        assertThat(one.command()).containsExactly("docker", "run", "-i", "--rm", "-e", "KEY", "ghcr.io/a/b:1.0");
        assertThat(one.env()).containsEntry("KEY", "${KEY}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\": \"x\", \"args\": [\"${workspaceFolder}\"]}",
                "{\"url\": \"https://${HOST}/mcp\"}",
                "{\"command\": \"x\", \"args\": [1]}",
                "{\"command\": \"x\", \"env\": {\"A\": {}}}",
                "[]"
            })
    void anEntryThatDependsOnItsClientIsLeftOutWithTheReason(String entry) throws Malformed {
        Found found = read("a.json", "{\"mcpServers\": {\"a\": " + entry + "}}");
        assertThat(found.servers()).isEmpty();
        assertThat(found.leftOut().getFirst().reason()).isNotBlank();
    }

    @Test
    void twoServersThatWouldHaveOneNameAreNotMixedUp() throws Malformed {
        Found found = read("a.json", "{\"mcpServers\":{\"A b\":{\"command\":\"x\"},\"a-b\":{\"command\":\"y\"}}}");
        assertThat(found.servers()).hasSize(1);
        assertThat(found.leftOut().getFirst().reason()).contains("a-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"a\":1", "{\"mcpServers\":[]}", "{\"a\":\"/*\"", "/*", "\"", "// only"})
    void whatIsNoSettingsSaysSo(String text) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> read("a.json", text));
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> read("a.toml", "= no toml"));
    }

    private static Found read(String name, String text) throws Malformed {
        return ClientFile.read(text.getBytes(StandardCharsets.UTF_8), name);
    }

    private static Wanted only(Found found) {
        assertThat(found.leftOut()).isEmpty();
        List<Wanted> servers = found.servers();
        assertThat(servers).hasSize(1);
        return servers.getFirst();
    }
}
