package dev.toolkeep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigFileTest {
    private final FakeHttpTool server = FakeHttpTool.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve(".utcp_config.json"), json);
    }

    @Test
    void utcpsConfigurationIsEnoughToCallATool() throws IOException {
        Files.createFile(
                folder.resolve(".env"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folder.resolve(".env"), "shop__eu_KEY=from-the-dotenv-file\n");
        server.answer("/utcp", Reply.json(Manuals.of("""
                {"name":"find","description":"Finds","inputs":{"type":"object"},"tool_call_template":
                 {"call_template_type":"http","http_method":"GET","url":"%s","auth":
                  {"auth_type":"api_key","api_key":"${KEY}","var_name":"X-Key"}}}""".formatted(server.at("/find")))));
        Path file = file("""
                {"variables":{"shop__eu_HOST":"127.0.0.1"},
                 "load_variables_from":[{"variable_loader_type":"dotenv","env_file_path":".env"}],
                 "tool_repository":{"tool_repository_type":"in_memory"},
                 "tool_search_strategy":{"tool_search_strategy_type":"tag_and_description_word_match","description_weight":1,"tag_weight":3},
                 "post_processing":[{"tool_post_processor_type":"filter_dict","only_include_keys":["path"]},
                                    {"tool_post_processor_type":"limit_strings","limit":4}],
                 "manual_call_templates":[{"name":"shop_eu","call_template_type":"http","url":"http://${HOST}:%d/utcp"}]}
                """.formatted(server.port()));
        try (ToolkeepClient client = ToolkeepClient.create(file)) {
            assertThat(client.call("shop_eu.find", Map.of()).text()).isEqualTo("{\"path\":\"/fin\"}");
            assertThat(server.last().headers().get("x-key")).containsExactly("from-the-dotenv-file");
            assertThat(client.requiredVariables("shop_eu.find")).containsExactly("shop__eu_KEY");
        }
    }

    @Test
    void whatUtcpHasNoWordForLiesUnderToolkeep() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), "rules: []\n");
        ClientConfig config = ConfigFile.read(file("""
                {"toolkeep":{"reach":{"m":["10.0.0.1"]},"allow_local":["cli"],"environment_prefixes":["m_"],
                             "policy_file":"policy.yaml","folder":"data"},
                 "manual_call_templates":[{"name":"m","call_template_type":"text","content":"{}"}]}"""));
        assertThat(config.manuals().getFirst().reach()).containsExactly("10.0.0.1");
        assertThat(config.localProtocols()).containsExactly("cli");
        assertThat(config.environmentPrefixes()).containsExactly("m_");
        assertThat(config.policy()).isEqualTo("rules: []\n");
        assertThat(config.folder()).isEqualTo(folder.resolve("data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"manuals\":[]}",
                "{\"variables\":{\"a\":1}}",
                "{\"variables\":{\"m_A\":\"${B}\"}}",
                "{\"load_variables_from\":[{\"variable_loader_type\":\"vault\"}]}",
                "{\"post_processing\":[{\"tool_post_processor_type\":\"shout\"}]}",
                "{\"post_processing\":[{\"tool_post_processor_type\":\"projection\",\"pointers\":[\"a\"]}]}",
                "{\"tool_search_strategy\":{\"tool_search_strategy_type\":\"guess\"}}",
                "{\"tool_repository\":{\"tool_repository_type\":\"cloud\"}}",
                "{\"manual_call_templates\":[{\"call_template_type\":\"http\"}]}",
                "{\"toolkeep\":{\"allow_local\":[\"http\"]}}",
                "{\"toolkeep\":{\"verify\":false}}",
                "{\"variables\":{},\"variables\":{}}",
                "[]"
            })
    void whatCannotBeHonouredIsAnError(String json) throws IOException {
        Path file = file(json);
        assertThatExceptionOfType(BadConfig.class)
                .isThrownBy(() -> ConfigFile.read(file))
                .satisfies(bad -> assertThat(bad.code()).isEqualTo("bad_config"));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatExceptionOfType(BadConfig.class)
                .isThrownBy(() -> ConfigFile.read(folder.resolve("none.json")))
                .withMessageContaining("none.json");
    }

    @Test
    void theEnvironmentIsNotReadUnlessAPrefixAllowsIt() {
        ObjectNode tool = Json.object().put("name", "path").put("description", "d");
        tool.putObject("tool_call_template")
                .put("call_template_type", "http")
                .put("url", server.at("/x"))
                .putObject("headers")
                .put("X-Home", "${HOME}");
        ObjectNode manual = Json.object();
        manual.putArray("tools").add(tool);
        ManualTemplate template =
                ManualTemplate.text("java", Json.text(manual)).allow("http").reach("127.0.0.1");
        try (ToolkeepClient client =
                ToolkeepClient.create(ClientConfig.builder().manual(template).build())) {
            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> client.call("java.path", Map.of()))
                    .satisfies(no -> assertThat(no.code()).isEqualTo("missing_secret"))
                    .withMessageContaining("HOME");
        }
        assertThatExceptionOfType(BadConfig.class)
                .isThrownBy(() -> ToolkeepClient.create(
                        ClientConfig.builder().environment("x").build()));
    }
}
