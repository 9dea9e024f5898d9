package dev.toolkeep.vault;

import static dev.toolkeep.policy.Given.NOON;
import static dev.toolkeep.policy.Given.definition;
import static dev.toolkeep.policy.Given.http;
import static dev.toolkeep.policy.Given.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    @TempDir
    Path folder;

    private Vault vault;

    @BeforeEach
    void open() throws IOException {
        vault = Vault.open(folder.resolve("vault.key"));
    }

    @Test
    void aSecretOpensForTheToolItWasGrantedTo() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(sealed("TOKEN", "tool:pets.list", "correct horse")));
        try (OpenedSecrets opened = vault.open(callOf("pets.list", "${TOKEN}"), index)) {
            assertThat(opened.value("TOKEN")).isEqualTo("correct horse");
            assertThat(opened.values()).containsExactly("correct horse");
            assertThat(opened.toString()).doesNotContain("horse");
        }
        assertThat(vault.open(callOf("pets.get", "${TOKEN}"), index).isEmpty()).isTrue();
        assertThat(vault.open(callOf("pets2.list", "${TOKEN}"), index).isEmpty())
                .isTrue();
    }

    @Test
    void theToolsOwnSecretGoesBeforeItsSources() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(
                sealed("TOKEN", "source:pets", "for the source"), sealed("TOKEN", "tool:pets.list", "for the tool")));
        assertThat(vault.open(callOf("pets.list", "${TOKEN}"), index).value("TOKEN"))
                .isEqualTo("for the tool");
        assertThat(vault.open(callOf("pets.get", "${TOKEN}"), index).value("TOKEN"))
                .isEqualTo("for the source");
        assertThat(vault.open(callOf("birds.get", "${TOKEN}"), index).value("TOKEN"))
                .isNull();
    }

    @Test
    void onlyWhatTheTemplateNamesIsOpened() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(
                sealed("TOKEN", "source:pets", "the token value"), sealed("OTHER", "source:pets", "the other value")));
        OpenedSecrets opened = vault.open(callOf("pets.list", "Bearer ${TOKEN}"), index);
        assertThat(opened.values()).containsExactly("the token value");
        assertThat(opened.value("OTHER")).isNull();
    }

    @Test
    void everyPlaceOfATemplateIsLookedAt() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(
                sealed("A", "source:pets", "value of a"),
                sealed("B", "source:pets", "value of b"),
                sealed("C", "source:pets", "value of c"),
                sealed("D", "tool:pets.list", "value of d")));
        CallTemplate basic = http(Map.of("X-A", "${A}"), new Auth.Basic("${B}", "${C}"));
        assertThat(vault.open(permitted(definition("pets.list", basic, Json.object())), index)
                        .values())
                .containsExactlyInAnyOrder("value of a", "value of b", "value of c");
        CallTemplate apiKey = http(Map.of(), new Auth.ApiKey("k ${D}", "X-Key", Auth.Location.HEADER));
        assertThat(vault.open(permitted(definition("pets.list", apiKey, Json.object())), index)
                        .values())
                .containsExactly("value of d");
        CallTemplate oauth = http(Map.of(), new Auth.OAuth2("https://login.example/t", "${A}", "${B}", "${C}"));
        OpenedSecrets opened = vault.open(permitted(definition("pets.list", oauth, Json.object())), index);
        assertThat(opened.values()).containsExactlyInAnyOrder("value of a", "value of b");
        opened.learned("a token");
        assertThat(opened.values()).contains("a token");
        opened.close();
        assertThat(opened.isEmpty()).isTrue();
    }

    @Test
    void messagesAreLookedAtToo() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(
                sealed("A", "source:pets", "value of a"),
                sealed("B", "source:pets", "value of b"),
                sealed("C", "source:pets", "value of c")));
        String[] templates = {
            "{\"call_template_type\":\"websocket\",\"url\":\"wss://a.example/?k=${A}\","
                    + "\"message\":{\"list\":[\"${B}\"]},\"message_filter\":{\"c\":\"${C}\"}}",
            "{\"call_template_type\":\"tcp\",\"host\":\"a.example\",\"port\":7,"
                    + "\"request_data_template\":\"[\\\"${A}\\\",\\\"${B}${C}\\\"]\"}",
            "{\"call_template_type\":\"udp\",\"host\":\"a.example\",\"port\":7,"
                    + "\"request_data_format\":\"text\",\"request_data_template\":\"${A} ${B}${C}\"}"
        };
        for (String template : templates) {
            CallTemplate read =
                    Templates.fromJson(StrictJson.parse(template.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST));
            assertThat(vault.open(permitted(definition("pets.list", read, Json.object())), index)
                            .values())
                    .containsExactlyInAnyOrder("value of a", "value of b", "value of c");
        }
    }

    @Test
    void aSharedConnectionGetsNothingGrantedToOneTool() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(
                List.of(sealed("A", "tool:pets.list", "for one tool"), sealed("B", "source:pets", "for the source")));
        CallTemplate mcp = new CallTemplate.Mcp(
                new McpServer.Stdio(List.of("server"), Map.of("A", "${A}", "B", "${B}"), ""), "list");
        assertThat(vault.open(permitted(definition("pets.list", mcp, Json.object())), index)
                        .values())
                .containsExactly("for the source");
        assertThat(vault.openForSource("pets", index).values()).containsExactly("for the source");
    }

    @Test
    void aRowMovedToAnotherNameOrGrantRefusesTheCall() throws Malformed {
        SealedSecret good = sealed("TOKEN", "tool:pets.list", "correct horse");
        for (SealedSecret moved : List.of(
                new SealedSecret("TOKEN", "tool:pets.get", good.ciphertext(), NOON),
                new SealedSecret("TOKEN", "source:pets", good.ciphertext(), NOON),
                new SealedSecret("TOKEM", "tool:pets.get", good.ciphertext(), NOON))) {
            assertThat(vault.opens(moved)).isFalse();
            PermittedCall call = callOf("pets.get", "${" + moved.name() + "}");
            Refused no = catchThrowableOfType(Refused.class, () -> vault.open(call, SecretIndex.of(List.of(moved))));
            assertThat(no.why().code()).isEqualTo(Refusal.Code.UNAVAILABLE);
            assertThat(no.why().message()).contains(moved.name(), moved.grant());
        }
        assertThat(vault.opens(good)).isTrue();
    }

    @Test
    void nameAndGrantCannotBeCutDifferently() throws Malformed {
        SealedSecret good = sealed("A", "source:bc", "correct horse");
        assertThat(vault.opens(new SealedSecret("As", "ource:bc", good.ciphertext(), NOON)))
                .isFalse();
    }

    @Test
    void noChangedCiphertextOpens() throws Malformed {
        SealedSecret good = sealed("TOKEN", "source:pets", "correct horse");
        Random random = new Random(5);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = good.ciphertext().clone();
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            assertThat(vault.opens(new SealedSecret("TOKEN", "source:pets", bytes, NOON)))
                    .isFalse();
        }
    }

    @Test
    void sealingTwiceGivesDifferentCiphertextsAndNoneHoldsTheValue() throws Malformed {
        SealedSecret one = sealed("TOKEN", "source:pets", "correct horse");
        SealedSecret other = sealed("TOKEN", "source:pets", "correct horse");
        assertThat(one.ciphertext()).isNotEqualTo(other.ciphertext());
        assertThat(new String(one.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("correct");
    }

    @Test
    void anotherKeyOpensNothing() throws Malformed, IOException {
        SealedSecret good = sealed("TOKEN", "source:pets", "correct horse");
        assertThat(Vault.open(folder.resolve("other.key")).opens(good)).isFalse();
        assertThat(Vault.open(folder.resolve("vault.key")).opens(good)).isTrue();
    }

    @Test
    void closingWipesWhatWasOpened() throws Malformed, Refused {
        SecretIndex index = SecretIndex.of(List.of(sealed("TOKEN", "source:pets", "correct horse")));
        Secret held = Secret.of("correct horse");
        OpenedSecrets direct = new OpenedSecrets(Map.of("TOKEN", held));
        direct.close();
        assertThat(held.reveal()).isEqualTo("\0".repeat(13));
        OpenedSecrets opened = vault.open(callOf("pets.list", "${TOKEN}"), index);
        opened.close();
        opened.close();
        assertThat(opened.value("TOKEN")).isNull();
        assertThat(opened.values()).isEmpty();
    }

    @Test
    void namesGrantsAndValuesThatCannotBeAreRefused() {
        malformed("BAD-NAME", "source:pets", "long enough");
        malformed("", "source:pets", "long enough");
        for (String grant : List.of(
                "pets", "source:", "source:Pets", "source:a.b", "tool:pets", "tool:.x", "tool:pets.", "all:*")) {
            malformed("TOKEN", grant, "long enough");
        }
        for (String value : List.of("", "1234567", "with\0nul", "x".repeat(Vault.LONGEST + 1))) {
            malformed("TOKEN", "source:pets", value);
        }
        Secret notUtf8 = Secret.take(HexFormat.of().parseHex("c3283031323334353637"));
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> vault.seal("TOKEN", "source:pets", notUtf8, NOON));
    }

    @Test
    void aKeyFileOthersCanReadKeepsTheVaultShut() throws IOException {
        Path file = folder.resolve("vault.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatIOException().isThrownBy(() -> Vault.open(file)).withMessageContaining("open to others");
    }

    private SealedSecret sealed(String name, String grant, String value) throws Malformed {
        return vault.seal(name, grant, Secret.of(value), NOON);
    }

    private static PermittedCall callOf(String tool, String header) {
        return permitted(definition(tool, http(Map.of("Authorization", header), new Auth.None()), Json.object()));
    }

    private void malformed(String name, String grant, String value) {
        assertThatExceptionOfType(Malformed.class)
                .as(name + " " + grant)
                .isThrownBy(() -> vault.seal(name, grant, Secret.of(value), NOON))
                .satisfies(no -> assertThat(no.getMessage()).doesNotContain("long enough", "1234567", "xxxx"));
    }
}
