package dev.toolkeep.screen;

import static dev.toolkeep.policy.Given.NOON;
import static dev.toolkeep.policy.Given.definition;
import static dev.toolkeep.policy.Given.http;
import static dev.toolkeep.policy.Given.object;
import static dev.toolkeep.policy.Given.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.vault.SecretIndex;
import dev.toolkeep.vault.Vault;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class ScreenTest {
    private static final String SECRET = "s3cr3t/Välue \"quoted\"+more";
    private static final String PLAIN = "hunter2hunter2";

    @TempDir
    Path folder;

    private final Screen screen = new Screen();
    private Vault vault;

    @BeforeEach
    void open() throws IOException {
        vault = Vault.open(folder.resolve("vault.key"));
    }

    @Test
    void whatIsInOrderComesBackAsItWentIn() {
        Sent sent = json("{\"a\": 1,\"b\":[\"x\\n\",{}]}");
        assertThat(screen.clean(sent, call(), secrets(PLAIN, SECRET))).isSameAs(sent);
        assertThat(screen.clean(sent, call(), secrets())).isSameAs(sent);
        Sent fault = new Sent.Failed(ToolFault.of(ToolFault.Kind.TIMED_OUT, "took too long"));
        assertThat(screen.clean(fault, call(), secrets(PLAIN))).isSameAs(fault);
        JsonNode event = object("{\"progress\":1}");
        assertThat(screen.clean(event, secrets(PLAIN))).isSameAs(event);
    }

    @Test
    void withoutSecretsNothingIsSearched() {
        Sent sent = json("{\"a\":\"" + PLAIN + "\"}");
        assertThat(screen.clean(sent, call(), secrets())).isSameAs(sent);
    }

    @Test
    void namesValuesAndNumbersOfJsonAreRedacted() {
        String json = "{\"before\":1,\"x" + PLAIN + "y\":{\"k\":[true,\"a " + PLAIN
                + " b\"]},\"n\":12345678.5,\"after\":null}";
        Sent.Answered clean = (Sent.Answered) screen.clean(json(json), call(), secrets(PLAIN, "12345678"));
        Answer.Json answer = (Answer.Json) clean.answer();
        String expected =
                "{\"before\":1,\"x[redacted]y\":{\"k\":[true,\"a [redacted] b\"]},\"n\":\"[redacted]\",\"after\":null}";
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(answer.value()).isEqualTo(object(expected));
    }

    @Test
    void twoNamesRedactedAlikeStayTwoMembers() {
        String json =
                "{\"" + PLAIN + "\":1,\"" + HexFormat.of().formatHex(PLAIN.getBytes(StandardCharsets.UTF_8)) + "\":2}";
        assertThat(text(screen.clean(json(json), call(), secrets(PLAIN))))
                .isEqualTo("{\"[redacted]\":1,\"[redacted] 2\":2}");
    }

    @Test
    void aSecretSplitByJsonEscapesIsFound() {
        StringBuilder escaped = new StringBuilder();
        PLAIN.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        assertThat(text(screen.clean(json("{\"a\":\"" + escaped + "\"}"), call(), secrets(PLAIN))))
                .isEqualTo("{\"a\":\"[redacted]\"}");
        String slashed = "{\"a\":\"s3cr3t\\/V\\u00e4lue \\\"quoted\\\"+more\"}";
        assertThat(text(screen.clean(json(slashed), call(), secrets(SECRET)))).isEqualTo("{\"a\":\"[redacted]\"}");
    }

    @Test
    void everySpellingIsFoundInEveryKindOfAnswer() {
        for (String secret : List.of(PLAIN, SECRET)) {
            for (String spelling : spellings(secret)) {
                String around = "before " + spelling + " after";
                String wanted = "before [redacted] after";
                assertThat(text(cleanText(around, secret))).as(spelling).isEqualTo(wanted);
                assertThat(text(screen.clean(bytes(around.getBytes(StandardCharsets.UTF_8)), call(), secrets(secret))))
                        .as(spelling)
                        .isEqualTo(wanted);
                String json = Json.text(Json.object().put("k", around));
                assertThat(text(screen.clean(json(json), call(), secrets(secret))))
                        .as(spelling)
                        .isEqualTo("{\"k\":\"" + wanted + "\"}");
            }
        }
    }

    @Test
    void base64OfSomethingLongerIsRedactedWhole() {
        for (String user : List.of("a", "ab", "abc", "someone.else")) {
            String header = Base64.getEncoder().encodeToString((user + ":" + PLAIN).getBytes(StandardCharsets.UTF_8));
            assertThat(text(cleanText("Authorization: Basic " + header + "; x", PLAIN)))
                    .isEqualTo("Authorization: Basic [redacted]; x");
        }
        String wrapped = Base64.getMimeEncoder()
                .encodeToString(("x".repeat(50) + PLAIN + "y".repeat(90)).getBytes(StandardCharsets.UTF_8));
        assertThat(text(cleanText(wrapped, PLAIN))).isEqualTo("[redacted]");
    }

    @Test
    void bytesThatAreNoTextKeepTheRestOfTheirBytes() {
        byte[] secret = PLAIN.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[20 + secret.length];
        java.util.Arrays.fill(body, (byte) 0xff);
        System.arraycopy(secret, 0, body, 10, secret.length);
        Answer.Bytes clean =
                (Answer.Bytes) ((Sent.Answered) screen.clean(bytes(body), call(), secrets(PLAIN))).answer();
        String latin = new String(clean.bytes(), StandardCharsets.ISO_8859_1);
        assertThat(latin).isEqualTo("\u00ff".repeat(10) + "[redacted]" + "\u00ff".repeat(10));
    }

    @Test
    void blocksStructuredContentFaultsAndProgressAreRedacted() {
        ArrayNode content =
                (ArrayNode) object("{\"c\":[{\"type\":\"text\",\"text\":\"{\\\"k\\\":\\\"" + PLAIN + "\\\"}\"}]}")
                        .get("c");
        Answer.Blocks blocks = new Answer.Blocks(content, object("{\"k\":\"" + PLAIN + "\"}"), true);
        Answer.Blocks clean = (Answer.Blocks)
                ((Sent.Answered) screen.clean(new Sent.Answered(blocks), call(), secrets(PLAIN))).answer();
        assertThat(clean.content().toString()).contains("[redacted]").doesNotContain(PLAIN);
        assertThat(String.valueOf(clean.structured())).isEqualTo("{\"k\":\"[redacted]\"}");
        assertThat(clean.failed()).isTrue();

        ToolFault fault = new ToolFault(ToolFault.Kind.UPSTREAM_STATUS, "said " + PLAIN, "body " + PLAIN);
        assertThat(screen.clean(new Sent.Failed(fault), call(), secrets(PLAIN)))
                .isEqualTo(new Sent.Failed(
                        new ToolFault(ToolFault.Kind.UPSTREAM_STATUS, "said [redacted]", "body [redacted]")));
        assertThat(screen.clean(object("{\"message\":\"" + PLAIN + "\"}"), secrets(PLAIN)))
                .isEqualTo(object("{\"message\":\"[redacted]\"}"));
    }

    @Test
    void aSecretCutByTheEndOfAFaultsDetailIsFound() {
        for (int shown = 4; shown < PLAIN.length(); shown++) {
            String detail = "x".repeat(2000 - shown) + PLAIN + "and more";
            ToolFault fault = new ToolFault(ToolFault.Kind.UPSTREAM_STATUS, "said", detail);
            Sent.Failed clean = (Sent.Failed) screen.clean(new Sent.Failed(fault), call(), secrets(PLAIN));
            assertThat(clean.fault().detail()).startsWith("xxx").doesNotContain(PLAIN.substring(0, 4));
        }
    }

    @Test
    void whatWasOverheardIsRedactedEvenWhereItsStartIsCut() {
        ToolFault whole = new ToolFault(ToolFault.Kind.UNREACHABLE, "died", "", "key " + PLAIN + " is wrong");
        assertThat(fault(screen.clean(new Sent.Failed(whole), call(), secrets(PLAIN)))
                        .overheard())
                .isEqualTo("key [redacted] is wrong");
        for (int shown = 4; shown < PLAIN.length(); shown++) {
            String said = "before " + PLAIN + "x".repeat(2000 - shown);
            ToolFault fault = new ToolFault(ToolFault.Kind.UNREACHABLE, "died", "", said);
            Sent clean = screen.clean(new Sent.Failed(fault), call(), secrets(PLAIN));
            assertThat(fault(clean).overheard()).endsWith("xxx").doesNotContain(PLAIN.substring(PLAIN.length() - 4));
        }
    }

    @Test
    void aListedToolThatRepeatsASecretIsLeftOut() {
        Listed listed = new Listed.Tools(
                List.of(
                        definition("pets.good"),
                        definition(
                                "pets.leaky",
                                http(Map.of(), new Auth.None()),
                                object("{\"description\":\"ask with " + PLAIN + "\"}"))),
                List.of(new LeftOut("odd", "said " + PLAIN)));
        Listed.Tools clean = (Listed.Tools) screen.clean(listed, secrets(PLAIN));
        assertThat(clean.tools()).extracting(tool -> tool.name().text()).containsExactly("pets.good");
        assertThat(clean.leftOut())
                .extracting(LeftOut::name, LeftOut::reason)
                .containsExactly(
                        tuple("odd", "said [redacted]"), tuple("leaky", "it repeats a secret its server was given"));
        assertThat(screen.clean(listed, secrets())).isSameAs(listed);
        Listed failed = new Listed.Failed(new ToolFault(ToolFault.Kind.UNREACHABLE, "x", "", PLAIN));
        assertThat(screen.clean(failed, secrets(PLAIN)).toString()).doesNotContain(PLAIN);
    }

    @Test
    void onlyLargeAnswersThatAreLookedAtTakeLong() {
        Sent large = new Sent.Answered(new Answer.Text("x".repeat(20_000)));
        PermittedCall judged =
                permitted(definition("pets.list", http(Map.of(), new Auth.None()), object("{\"type\":\"object\"}")));
        assertThat(screen.takesLong(large, call(), secrets(PLAIN))).isTrue();
        assertThat(screen.takesLong(large, judged, secrets())).isTrue();
        assertThat(screen.takesLong(large, call(), secrets())).isFalse();
        assertThat(screen.takesLong(json("{}"), judged, secrets(PLAIN))).isFalse();
        ToolFault fault = new ToolFault(ToolFault.Kind.TIMED_OUT, "slow", "x".repeat(2000));
        assertThat(screen.takesLong(new Sent.Failed(fault), judged, secrets(PLAIN)))
                .isFalse();
    }

    @Test
    void answersOverTheAllowedSizeAreFaults() {
        PermittedCall call = permitted(definition("pets.list"), "[{tools: ['*'], answerBytes: 100}]");
        String exact = "\"" + "x".repeat(98) + "\"";
        String over = "\"" + "x".repeat(99) + "\"";
        ArrayNode blocks = Json.array().add("x".repeat(96));
        List<Answer> fitting = List.of(
                jsonAnswer(exact),
                new Answer.Text("é".repeat(50)),
                new Answer.Bytes("a/b", new byte[100]),
                new Answer.Blocks(blocks, null, false));
        List<Answer> tooLarge = List.of(
                jsonAnswer(over),
                new Answer.Text("é".repeat(50) + "x"),
                new Answer.Bytes("a/b", new byte[101]),
                new Answer.Blocks(Json.array().add("x".repeat(97)), null, false),
                new Answer.Blocks(blocks, Json.object(), false));
        for (Answer answer : fitting) {
            Sent sent = new Sent.Answered(answer);
            assertThat(screen.clean(sent, call, secrets())).isSameAs(sent);
        }
        for (Answer answer : tooLarge) {
            assertThat(fault(screen.clean(new Sent.Answered(answer), call, secrets()))
                            .kind())
                    .isEqualTo(ToolFault.Kind.TOO_LARGE);
        }
    }

    @Test
    void structuredAnswersMustFitTheOutputSchema() {
        String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";
        PermittedCall call = permitted(definition("pets.list", http(Map.of(), new Auth.None()), object(schema)));
        Sent good = json("{\"n\":1}");
        assertThat(screen.clean(good, call, secrets())).isSameAs(good);
        ToolFault bad = fault(screen.clean(json("{\"n\":\"" + PLAIN + "\"}"), call, secrets(PLAIN)));
        assertThat(bad.kind()).isEqualTo(ToolFault.Kind.BAD_ANSWER);
        assertThat(bad.message()).contains("output schema", "n").doesNotContain(PLAIN);

        ArrayNode content = Json.array();
        Sent fits = blocks(content, object("{\"n\":1}"), false);
        assertThat(screen.clean(fits, call, secrets())).isSameAs(fits);
        assertThat(fault(screen.clean(blocks(content, object("{}"), false), call, secrets()))
                        .kind())
                .isEqualTo(ToolFault.Kind.BAD_ANSWER);
        assertThat(fault(screen.clean(blocks(content, null, false), call, secrets()))
                        .message())
                .contains("no structured content");
        Sent failed = blocks(content, null, true);
        assertThat(screen.clean(failed, call, secrets())).isSameAs(failed);
    }

    @Test
    void aProblemsPlaceCannotCarryASecretOut() {
        String schema = "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}";
        PermittedCall call = permitted(definition("pets.list", http(Map.of(), new Auth.None()), object(schema)));
        ToolFault bad = fault(screen.clean(json("{\"" + PLAIN + "\":\"x\"}"), call, secrets(PLAIN)));
        assertThat(bad.kind()).isEqualTo(ToolFault.Kind.BAD_ANSWER);
        assertThat(bad.message()).doesNotContain(PLAIN);
    }

    private static List<String> spellings(String secret) {
        byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
        String json = Json.text(tools.jackson.databind.node.StringNode.valueOf(secret));
        String inJson = json.substring(1, json.length() - 1);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        StringBuilder percent = new StringBuilder();
        StringBuilder unicode = new StringBuilder();
        for (byte b : utf8) {
            percent.append(String.format("%%%02x", b));
        }
        secret.chars().forEach(c -> unicode.append(String.format("\\u%04X", c)));
        List<String> all = new ArrayList<>(List.of(
                secret,
                inJson,
                inJson.replace("\\", "\\\\"),
                inJson.replace("/", "\\/"),
                unicode.toString(),
                percent.toString(),
                percent.toString().replace("%", "%25"),
                percent.toString().toUpperCase(java.util.Locale.ROOT),
                url,
                url.replace("+", "%20"),
                URLEncoder.encode(inJson, StandardCharsets.UTF_8),
                HexFormat.of().formatHex(utf8),
                HexFormat.of().withUpperCase().formatHex(utf8)));
        for (String prefix : List.of("", "u", "us", "usr:")) {
            byte[] whole = (prefix + secret).getBytes(StandardCharsets.UTF_8);
            all.add(Base64.getEncoder().encodeToString(whole));
            all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
            all.add(URLEncoder.encode(Base64.getEncoder().encodeToString(whole), StandardCharsets.UTF_8));
        }
        return all;
    }

    private static PermittedCall call() {
        return permitted(definition("pets.list"));
    }

    private OpenedSecrets secrets(String... values) {
        try {
            List<dev.toolkeep.vault.SealedSecret> sealed = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                sealed.add(vault.seal("S" + i, "source:pets", Secret.of(values[i]), NOON));
            }
            return vault.openForSource("pets", SecretIndex.of(sealed));
        } catch (Malformed | Refused e) {
            throw new AssertionError(e);
        }
    }

    private Sent cleanText(String text, String secret) {
        return screen.clean(new Sent.Answered(new Answer.Text(text)), call(), secrets(secret));
    }

    private static Answer.Json jsonAnswer(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Answer.Json(object("{\"v\":" + json + "}").get("v"), bytes);
    }

    private static Sent json(String json) {
        return new Sent.Answered(jsonAnswer(json));
    }

    private static Sent bytes(byte[] bytes) {
        return new Sent.Answered(new Answer.Bytes("application/octet-stream", bytes));
    }

    private static Sent blocks(ArrayNode content, @Nullable JsonNode structured, boolean failed) {
        return new Sent.Answered(new Answer.Blocks(content, structured, failed));
    }

    private static ToolFault fault(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }

    private static String text(Sent sent) {
        return switch (((Sent.Answered) sent).answer()) {
            case Answer.Json(JsonNode value, byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Answer.Text(String text) -> text;
            case Answer.Bytes(String mediaType, byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Answer.Blocks blocks -> throw new AssertionError("blocks");
            case Answer.Asks asks -> throw new AssertionError("a question");
        };
    }
}
