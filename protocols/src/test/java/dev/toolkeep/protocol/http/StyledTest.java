package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.PartEncoding;
import dev.toolkeep.tool.Placing;
import dev.toolkeep.tool.Placing.In;
import dev.toolkeep.tool.Placing.Style;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table "Style Examples" of OpenAPI 3.1.1, section 4.8.12.4, for the parameter `color`.
class StyledTest {
    private static final Map<String, String> VALUES = Map.of(
            "string", "\"blue\"",
            "array", "[\"blue\",\"black\",\"brown\"]",
            "object", "{\"R\":100,\"G\":200,\"B\":150}");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "MATRIX false string ;color=blue",
                "MATRIX false array ;color=blue,black,brown",
                "MATRIX false object ;color=R,100,G,200,B,150",
                "MATRIX true array ;color=blue;color=black;color=brown",
                "MATRIX true object ;R=100;G=200;B=150",
                "LABEL false string .blue",
                "LABEL false array .blue,black,brown",
                "LABEL false object .R,100,G,200,B,150",
                "LABEL true array .blue.black.brown",
                "LABEL true object .R=100.G=200.B=150",
                "SIMPLE false string blue",
                "SIMPLE false array blue,black,brown",
                "SIMPLE false object R,100,G,200,B,150",
                "SIMPLE true object R=100,G=200,B=150",
                "JSON false object %7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"
            })
    void inAPath(Style style, boolean explode, String value, String written) throws Unsendable {
        assertThat(target("/{color}", new Placing(In.PATH, "color", style, explode), value))
                .isEqualTo("/" + written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "FORM false string color=blue",
                "FORM false array color=blue%2Cblack%2Cbrown",
                "FORM false object color=R%2C100%2CG%2C200%2CB%2C150",
                "FORM true array color=blue&color=black&color=brown",
                "FORM true object R=100&G=200&B=150",
                "SPACE_DELIMITED false array color=blue%20black%20brown",
                "SPACE_DELIMITED false object color=R%20100%20G%20200%20B%20150",
                "PIPE_DELIMITED false array color=blue%7Cblack%7Cbrown",
                "PIPE_DELIMITED false object color=R%7C100%7CG%7C200%7CB%7C150",
                "DEEP_OBJECT true object color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                "DEEP_OBJECT true array color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "JSON false string color=%22blue%22"
            })
    void inAQuery(Style style, boolean explode, String value, String written) throws Unsendable {
        assertThat(target("/x", new Placing(In.QUERY, "color", style, explode), value))
                .isEqualTo("/x?" + written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "SIMPLE false array blue,black,brown",
                "SIMPLE false object R,100,G,200,B,150",
                "SIMPLE true object R=100,G=200,B=150"
            })
    void inAHeader(Style style, boolean explode, String value, String written) throws Unsendable {
        HttpPlan.Outgoing sent = fill("/x", new Placing(In.HEADER, "color", style, explode), value, new Auth.None());
        assertThat(sent.headers()).contains(new HttpPlan.Header("color", written));
    }

    @Test
    void aCookieStandsBesideTheCredentialAndCannotBeIt() throws Unsendable {
        Auth auth = new Auth.ApiKey("${K}", "sid", Auth.Location.COOKIE);
        HttpPlan.Outgoing sent = fill("/x", new Placing(In.COOKIE, "color", Style.FORM, true), "string", auth);
        assertThat(sent.headers()).contains(new HttpPlan.Header("Cookie", "color=blue; sid=secret"));
        assertThatExceptionOfType(Unsendable.class)
                .isThrownBy(() -> fill("/x", new Placing(In.COOKIE, "sid", Style.FORM, true), "string", auth));
        assertThatExceptionOfType(Unsendable.class)
                .isThrownBy(() -> fill("/x", new Placing(In.COOKIE, "c", Style.FORM, true), "object", auth));
    }

    @Test
    void aScatteredObjectMaySetNoParameterOfAnothers() {
        Placing scatters = new Placing(In.QUERY, "filter", Style.FORM, true);
        Auth key = new Auth.ApiKey("${K}", "G", Auth.Location.QUERY);
        assertThatExceptionOfType(Unsendable.class).isThrownBy(() -> fill("/x", scatters, "object", key));
        assertThatExceptionOfType(Unsendable.class)
                .isThrownBy(() -> fill("/x?R=1", scatters, "object", new Auth.None()));
        HttpCall call = call(
                "/x",
                Map.of("filter", scatters, "limit", new Placing(In.QUERY, "limit", Style.FORM, true)),
                new HttpCall.Body.None(),
                new Auth.None());
        assertThatExceptionOfType(Unsendable.class).isThrownBy(() -> fill(call, "{\"filter\":{\"limit\":1000}}"));
    }

    @Test
    void aPathStaysInItsSegment() {
        Placing label = new Placing(In.PATH, "color", Style.LABEL, true);
        HttpCall call = call("/a/{color}/b", Map.of("color", label), new HttpCall.Body.None(), new Auth.None());
        for (String bad : List.of("[\"..\"]", "[\".\",\".\"]", "\"\"", "[]", "[\"\"]", "\"%2e%2e/\"", "\".\"")) {
            assertThatExceptionOfType(Unsendable.class).as(bad).isThrownBy(() -> fill(call, "{\"color\":" + bad + "}"));
        }
    }

    @Test
    void aFormsMembersAreWrittenInTheirStyles() throws Unsendable {
        HttpCall.Body body = new HttpCall.Body.Members(
                "body",
                Map.of(
                        "expand", new PartEncoding(Style.DEEP_OBJECT, true, "", false),
                        "ids", new PartEncoding(Style.FORM, false, "", false)));
        HttpCall call = call("/x", Map.of(), body, new Auth.None());
        assertThat(
                        text(
                                fill(
                                        call,
                                        "{\"body\":{\"expand\":[\"a\",{\"b\":1}],\"ids\":[1,2],\"plain\":[\"x\",\"y\"],\"none\":null}}")))
                .isEqualTo("expand%5B0%5D=a&expand%5B1%5D%5Bb%5D=1&ids=1%2C2&plain=x&plain=y");
    }

    @Test
    void partsKeepTheirNamesAndBytes() throws Unsendable {
        HttpCall.Body body = new HttpCall.Body.Members(
                "body", Map.of("file", new PartEncoding(Style.FORM, true, "image/png", true)));
        HttpCall call = new HttpCall(
                HttpCall.Method.POST,
                "https://a.example/x",
                "multipart/form-data",
                Map.of(),
                Map.of(),
                body,
                List.of(),
                new Auth.None(),
                Duration.ofSeconds(5));
        HttpPlan.Outgoing sent = fill(
                call,
                "{\"body\":{\"file\":\"AAH/\",\"a\\\"b\\r\\n\":\"v\",\"about\":{\"k\":1},\"many\":[\"x\",\"y\"]}}");
        String type = sent.headers().stream()
                .filter(header -> header.name().equals("Content-Type"))
                .map(HttpPlan.Header::value)
                .findFirst()
                .orElse("");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        byte[] bytes = Objects.requireNonNull(sent.body()).getBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text.split("--" + boundary, -1)).hasSize(7);
        assertThat(text)
                .contains("name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n\0\u0001\u00ff\r\n")
                .contains("name=\"a%22b%0D%0A\"\r\n")
                .contains("Content-Type: application/json\r\n\r\n{\"k\":1}\r\n")
                .endsWith("--" + boundary + "--\r\n");
        assertThatExceptionOfType(Unsendable.class).isThrownBy(() -> fill(call, "{\"body\":{\"file\":\"!\"}}"));
    }

    @Test
    void bytesAreDecoded() throws Unsendable {
        HttpCall call = call("/x", Map.of(), new HttpCall.Body.Bytes("body"), new Auth.None());
        assertThat(Objects.requireNonNull(fill(call, "{\"body\":\"AAH/\"}").body())
                        .getBytes())
                .containsExactly(0, 1, 0xff);
        assertThatExceptionOfType(Unsendable.class).isThrownBy(() -> fill(call, "{\"body\":\"no base64\"}"));
        assertThatExceptionOfType(Unsendable.class).isThrownBy(() -> fill(call, "{\"body\":7}"));
    }

    private static String target(String path, Placing placing, String value) throws Unsendable {
        return fill(path, placing, value, new Auth.None()).target();
    }

    private static HttpPlan.Outgoing fill(String path, Placing placing, String value, Auth auth) throws Unsendable {
        HttpCall call = call(path, Map.of("color", placing), new HttpCall.Body.None(), auth);
        return fill(call, "{\"color\":" + VALUES.get(value) + "}");
    }

    private static HttpPlan.Outgoing fill(HttpCall call, String arguments) throws Unsendable {
        Secrets secrets = name -> "secret";
        return HttpPlan.of(call)
                .fill(Calls.dispatch(new CallTemplate.Http(call, false), arguments, secrets, Reach.PUBLIC), "*/*");
    }

    private static HttpCall call(String path, Map<String, Placing> placings, HttpCall.Body body, Auth auth) {
        return new HttpCall(
                HttpCall.Method.POST,
                "https://a.example" + path,
                "application/x-www-form-urlencoded",
                Map.of(),
                Map.of(),
                body,
                List.of(),
                placings,
                auth,
                Duration.ofSeconds(5));
    }

    private static String text(HttpPlan.Outgoing sent) {
        Buffer body = Objects.requireNonNull(sent.body());
        return body.toString();
    }
}
