package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What arrives at the tool's server.
class HttpRequestTest {
    private static final Secrets SECRETS = name -> switch (name) {
        case "TOKEN" -> "s3cret/?&";
        case "USER" -> "ann";
        case "SPLIT" -> "a\r\nX-Evil: 1";
        case "DOT" -> ".";
        case "QUOTE" -> "\",\"admin\":true";
        default -> null;
    };

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final HttpProtocol http = new HttpProtocol(vertx, egress);
    private final Upstream up = Upstream.answering(Upstream.ok("application/json", "{}"));

    @AfterEach
    void stop() throws Exception {
        up.close();
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void everyArgumentGoesToItsPlace() throws Exception {
        CallTemplate.Http template = new CallTemplate.Http(
                HttpCall.Method.PUT,
                up.url("/v1/{kind}/{id}.json?fixed=1&in={place}"),
                "application/json",
                Map.of("X-Static", "s"),
                "payload",
                List.of("X-Trace"),
                new Auth.None(),
                java.time.Duration.ZERO);
        Upstream.Request sent = send(template, """
                {"kind":"is bn","id":"a/b?c#d%é","place":"x&y=z","X-Trace":7,"payload":{"n":1.50,"s":"ü"},
                 "flag":true,"none":null,"many":["a b",2,null,false],"obj":{"k":[1]},"num":1e3,"ä":"1+1"}
                """);
        assertThat(sent.line())
                .isEqualTo(
                        "PUT /v1/is%20bn/a%2Fb%3Fc%23d%25%C3%A9.json?fixed=1&in=x%26y%3Dz&flag=true&many=a%20b&many=2"
                                + "&many=false&obj=%7B%22k%22%3A%5B1%5D%7D&num=1000&%C3%A4=1%2B1 HTTP/1.1");
        assertThat(sent.header("x-trace")).containsExactly("7");
        assertThat(sent.header("x-static")).containsExactly("s");
        assertThat(sent.header("content-type")).containsExactly("application/json");
        assertThat(sent.body()).isEqualTo("{\"n\":1.50,\"s\":\"ü\"}");
        assertThat(sent.header("traceparent"))
                .containsExactly("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(sent.header("x-request-id")).containsExactly("req-1");
        assertThat(sent.header("authorization")).isEmpty();
    }

    @Test
    void fixedParametersAndAFixedBodyAreSentWithTheirSecrets() throws Exception {
        CallTemplate.Http template = new CallTemplate.Http(
                new HttpCall(
                        HttpCall.Method.POST,
                        up.url("/v1"),
                        "application/json",
                        Map.of("X-Call", "call-${request_id}"),
                        Map.of("version", "2", "key", "${TOKEN}"),
                        new HttpCall.Body.Fixed(
                                Calls.json("{\"key\":\"${TOKEN}\",\"quote\":[\"${QUOTE}\",1.50,null,\"$ref\"]}")),
                        List.of(),
                        new Auth.None(),
                        java.time.Duration.ofSeconds(5)),
                false);
        Upstream.Request sent = send(template, "{\"a\":1}");
        assertThat(sent.target()).isEqualTo("/v1?key=s3cret%2F%3F%26&version=2&a=1");
        assertThat(sent.body())
                .isEqualTo("{\"key\":\"s3cret/?&\",\"quote\":[\"\\\",\\\"admin\\\":true\",1.50,null,\"$ref\"]}");
        assertThat(sent.header("x-call")).containsExactly("call-req-1");
        assertFault(template, "{\"version\":\"3\"}", Kind.BAD_REQUEST, "fixed");
        assertFault(template, "{\"key\":\"3\"}", Kind.BAD_REQUEST, "fixed");
    }

    @Test
    void theUrlBuildersKnownVectorHolds() throws Exception {
        Upstream.Request sent = send(
                Calls.get(up.url("/api/volumes/brief/{key_type}/{value}.json")),
                "{\"key_type\":\"isbn\",\"value\":\"9780140328721\",\"format\":\"json\"}");
        assertThat(sent.target()).isEqualTo("/api/volumes/brief/isbn/9780140328721.json?format=json");
    }

    @Test
    void aFormAndATextBodyAreWrittenAsTheirTypeSays() throws Exception {
        assertThat(send(
                                Calls.post(up.url("/"), "application/x-www-form-urlencoded"),
                                "{\"body\":{\"a\":\"1 &=\",\"b\":[1,2],\"c\":null}}")
                        .body())
                .isEqualTo("a=1%20%26%3D&b=1&b=2");
        assertThat(send(Calls.post(up.url("/"), "text/plain"), "{\"body\":\"plain ü\"}")
                        .body())
                .isEqualTo("plain ü");
        assertThat(send(Calls.post(up.url("/"), "application/vnd.x+json"), "{\"body\":[1]}")
                        .body())
                .isEqualTo("[1]");
        Upstream.Request none = send(Calls.post(up.url("/"), "application/json"), "{}");
        assertThat(none.header("content-type")).isEmpty();
        assertThat(none.body()).isEmpty();
        assertFault(Calls.post(up.url("/"), "text/plain"), "{\"body\":{}}", Kind.BAD_REQUEST, "must be a string");
    }

    @Test
    void secretsAreFilledInForTheirPlace() throws Exception {
        CallTemplate.Http plain = Calls.get(up.url("/k/${TOKEN}"));
        assertThat(send(plain, "{}").target()).isEqualTo("/k/s3cret%2F%3F%26");
        assertThat(send(
                                Calls.with(
                                        plain,
                                        new Auth.ApiKey("Bearer ${TOKEN}", "Authorization", Auth.Location.HEADER)),
                                "{}")
                        .header("authorization"))
                .containsExactly("Bearer s3cret/?&");
        CallTemplate.Http bare = Calls.get(up.url("/"));
        assertThat(send(Calls.with(bare, new Auth.ApiKey("${TOKEN}", "key", Auth.Location.QUERY)), "{\"a\":1}")
                        .target())
                .isEqualTo("/?a=1&key=s3cret%2F%3F%26");
        assertThat(send(Calls.with(bare, new Auth.ApiKey("${USER}", "sid", Auth.Location.COOKIE)), "{}")
                        .header("cookie"))
                .containsExactly("sid=ann");
        assertThat(send(Calls.with(bare, new Auth.Basic("${USER}", "${TOKEN}")), "{}")
                        .header("authorization"))
                .containsExactly("Basic YW5uOnMzY3JldC8/Jg==");
        assertThat(send(Calls.with(bare, Map.of("X-Key", "v ${USER} $USER ${not a name}")), "{}")
                        .header("x-key"))
                .containsExactly("v ann $USER ${not a name}");
    }

    @Test
    void anArgumentIsNeverReadAsAPlaceholder() throws Exception {
        Upstream.Request sent = send(
                Calls.with(Calls.get(up.url("/{p}")), Map.of(), "X-H"),
                "{\"p\":\"${TOKEN}\",\"q\":\"${TOKEN}\",\"X-H\":\"${TOKEN}\"}");
        assertThat(sent.target()).isEqualTo("/%24%7BTOKEN%7D?q=%24%7BTOKEN%7D");
        assertThat(sent.header("x-h")).containsExactly("${TOKEN}");
    }

    @Test
    void aSecretThatWasNotGrantedIsNamedAndNothingIsSent() throws Exception {
        CallTemplate.Http bare = Calls.get(up.url("/"));
        for (CallTemplate.Http template : List.of(
                Calls.get(up.url("/${NOT_MINE}")),
                Calls.with(bare, Map.of("X-Key", "${NOT_MINE}")),
                Calls.with(bare, new Auth.Basic("u", "${NOT_MINE}")),
                Calls.with(bare, new Auth.ApiKey("${NOT_MINE}", "k", Auth.Location.QUERY)))) {
            assertFault(template, "{}", Kind.MISSING_SECRET, "${NOT_MINE}");
        }
        assertThat(up.requests).isEmpty();
    }

    /// A colon would move the border between user and password, a semicolon would start another cookie.
    @Test
    void noCredentialCanPassForMoreThanOne() throws Exception {
        CallTemplate.Http bare = Calls.get(up.url("/"));
        assertFault(Calls.with(bare, new Auth.Basic("a:b", "${TOKEN}")), "{}", Kind.BAD_REQUEST, "':'");
        for (String value : List.of("a; admin=1", "a,b", "a b", "a\"b")) {
            assertFault(
                    Calls.with(bare, new Auth.ApiKey(value, "c", Auth.Location.COOKIE)),
                    "{}",
                    Kind.BAD_REQUEST,
                    "cookie");
        }
        assertThat(up.requests).isEmpty();
    }

    @Test
    void noValueCanStartANewHeaderLine() throws Exception {
        CallTemplate.Http bare = Calls.get(up.url("/"));
        assertFault(Calls.with(bare, Map.of("X-Key", "${SPLIT}")), "{}", Kind.BAD_REQUEST, "X-Key");
        assertFault(Calls.with(bare, Map.of("X-Key", "a\nb")), "{}", Kind.BAD_REQUEST, "X-Key");
        assertFault(Calls.with(bare, Map.of("X\r\nEvil", "1")), "{}", Kind.BAD_REQUEST, "header name");
        assertFault(
                Calls.with(bare, new Auth.ApiKey("${SPLIT}", "X-Key", Auth.Location.HEADER)),
                "{}",
                Kind.BAD_REQUEST,
                "X-Key");
        assertFault(
                Calls.with(bare, new Auth.ApiKey("${SPLIT}", "c", Auth.Location.COOKIE)),
                "{}",
                Kind.BAD_REQUEST,
                "cookie");
        assertFault(
                Calls.with(bare, new Auth.ApiKey("1", "X\r\nY", Auth.Location.HEADER)),
                "{}",
                Kind.BAD_REQUEST,
                "header name");
        CallTemplate.Http field = Calls.with(bare, Map.of(), "X-H");
        for (String value : List.of("a\\r\\nb", "a\\nb", "a\\u0000b", "\\u010a", "\\u007f", "é")) {
            assertFault(field, "{\"X-H\":\"" + value + "\"}", Kind.BAD_REQUEST, "X-H");
        }
        assertFault(Calls.get(up.url("/{p}")), "{\"p\":\"a\\r\\nb\"}", Kind.BAD_REQUEST, "control character");
        assertThat(up.requests).isEmpty();
        assertThat(send(bare, "{\"q\":\"a\\r\\nHost: evil\"}").target()).isEqualTo("/?q=a%0D%0AHost%3A%20evil");
    }

    @Test
    void aPathValueStaysInItsSegment() throws Exception {
        CallTemplate.Http template = Calls.get(up.url("/users/{id}/files"));
        for (String value : List.of(
                "..",
                ".",
                "../x",
                "x/..",
                "a/../../b",
                "..\\\\x",
                "%2e%2e",
                "%2E.",
                "..%2fadmin",
                "%252e%252e",
                "x%2f..%2fy",
                "..;a=b",
                ".;/x",
                "")) {
            assertFault(template, "{\"id\":\"" + value + "\"}", Kind.BAD_REQUEST, "path parameter id");
        }
        assertFault(template, "{}", Kind.BAD_REQUEST, "Missing required path parameter: id");
        assertFault(template, "{\"id\":null}", Kind.BAD_REQUEST, "Missing required path parameter: id");
        assertFault(template, "{\"id\":[\"..\"]}", Kind.BAD_REQUEST, "path parameter id");
        assertFault(Calls.get(up.url("/x/.{a}/y")), "{\"a\":\"b/.\"}", Kind.BAD_REQUEST, "path parameter a");
        assertFault(template, "{\"id\":[]}", Kind.BAD_REQUEST, "Missing required path parameter: id");
        assertFault(Calls.get(up.url("/x/.${DOT}/y")), "{}", Kind.BAD_REQUEST, "segment");
        assertThat(up.requests).isEmpty();
        assertThat(send(template, "{\"id\":\"a.b..c\"}").target()).isEqualTo("/users/a.b..c/files");
        assertThat(send(template, "{\"id\":\"group/project\"}").target()).isEqualTo("/users/group%2Fproject/files");
        assertThat(send(template, "{\"id\":[1,\"a,b\"]}").target()).isEqualTo("/users/1,a%2Cb/files");
        assertThat(send(template, "{\"id\":\"100%\"}").target()).isEqualTo("/users/100%25/files");
    }

    @Test
    void anArgumentCannotStandInForWhatTheToolFixed() throws Exception {
        assertFault(Calls.get(up.url("/?limit=5")), "{\"limit\":500}", Kind.BAD_REQUEST, "limit");
        assertFault(Calls.get(up.url("/?a%62=5")), "{\"ab\":500}", Kind.BAD_REQUEST, "ab");
        CallTemplate.Http bare = Calls.get(up.url("/"));
        assertFault(
                Calls.with(bare, new Auth.ApiKey("${TOKEN}", "key", Auth.Location.QUERY)),
                "{\"key\":1}",
                Kind.BAD_REQUEST,
                "key");
        assertFault(
                Calls.with(bare, Map.of("X-Tenant", "a"), "x-tenant"),
                "{\"x-tenant\":\"b\"}",
                Kind.BAD_REQUEST,
                "x-tenant");
        assertFault(
                Calls.with(Calls.with(bare, Map.of(), "x-key"), new Auth.ApiKey("k", "X-Key", Auth.Location.HEADER)),
                "{\"x-key\":\"b\"}",
                Kind.BAD_REQUEST,
                "x-key");
        for (String name : List.of("Authorization", "Cookie", "Content-Type", "X-Forwarded-For", "traceparent")) {
            assertFault(Calls.with(bare, Map.of(), name), "{\"" + name + "\":\"x\"}", Kind.BAD_REQUEST, name);
        }
        for (String name :
                List.of("Host", "content-length", "Transfer-Encoding", "CONNECTION", "Upgrade", "TE", "Expect")) {
            assertFault(Calls.with(bare, Map.of(), name), "{}", Kind.BAD_REQUEST, name);
            assertFault(Calls.with(bare, Map.of(name, "x")), "{}", Kind.BAD_REQUEST, name);
        }
        assertThat(up.requests).isEmpty();
    }

    @Test
    void aTemplateMayNotLeaveItsHostOpen() throws Exception {
        for (String url : List.of(
                "https://{host}/x",
                "https://${HOST}/x",
                "https://{h}.example.test/",
                "https://a.test:{port}/",
                "https://{u}@a.test/")) {
            assertFault(
                    Calls.get(url),
                    "{\"host\":\"127.0.0.1\",\"h\":\"x\",\"port\":1,\"u\":\"u\"}",
                    Kind.BAD_REQUEST,
                    "host");
        }
        assertFault(Calls.get("/relative"), "{}", Kind.BAD_REQUEST, "absolute");
        assertFault(Calls.get("ftp://a.test/"), "{}", Kind.EGRESS_DENIED, "http");
        assertFault(Calls.get("https://u:p@a.test/"), "{}", Kind.EGRESS_DENIED, "user information");
        assertFault(Calls.get("https://a.test\\@127.0.0.1/"), "{}", Kind.BAD_REQUEST, "character");
        assertFault(Calls.get("https://a.test/a b"), "{}", Kind.BAD_REQUEST, "character");
        assertFault(Calls.get("https://a.test/x{?page,size}"), "{}", Kind.BAD_REQUEST, "placeholder");
        assertFault(Calls.get("https://a.test/x{"), "{}", Kind.BAD_REQUEST, "placeholder");
        assertFault(Calls.get("https://a.test/x/../y"), "{}", Kind.BAD_REQUEST, "segment");
        assertFault(
                Calls.get("https://a.test/x"), "{\"q\":\"" + "x".repeat(40_000) + "\"}", Kind.BAD_REQUEST, "too long");
    }

    @Test
    void aFragmentIsNotSentAndAMissingPathIsASlash() throws Exception {
        assertThat(send(Calls.get(up.url("/x#{frag}")), "{}").target()).isEqualTo("/x");
        assertThat(send(Calls.get(up.url("")), "{\"a\":1}").target()).isEqualTo("/?a=1");
        assertThat(send(Calls.get(up.url("?b=2")), "{\"a\":1}").target()).isEqualTo("/?b=2&a=1");
    }

    private Upstream.Request send(CallTemplate.Http template, String arguments) throws Exception {
        Sent sent = Await.value(http.send(Calls.dispatch(template, arguments, SECRETS, up.reach())));
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        return up.requests.getLast();
    }

    private void assertFault(CallTemplate.Http template, String arguments, Kind kind, String words) throws Exception {
        Sent sent = Await.value(http.send(Calls.dispatch(template, arguments, SECRETS, up.reach())));
        assertThat(sent).as("%s %s", template.request().url(), arguments).isInstanceOf(Sent.Failed.class);
        ToolFault fault = ((Sent.Failed) sent).fault();
        assertThat(fault.kind()).as(fault.message()).isEqualTo(kind);
        assertThat(fault.message()).contains(words).doesNotContain("s3cret", "Evil");
    }
}
