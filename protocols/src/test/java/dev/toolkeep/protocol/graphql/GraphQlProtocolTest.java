package dev.toolkeep.protocol.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.http.HttpProtocol;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.protocol.sse.SseProtocol;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.CallTemplate.GraphQl.Operation;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class GraphQlProtocolTest {
    private static final String DOCUMENT = "query book($id: ID!) { book(id: $id) { title } }";

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final GraphQlProtocol graphQl =
            new GraphQlProtocol(new HttpProtocol(vertx, egress), new SseProtocol(vertx, egress));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Withdrawal withdrawal = new Withdrawal();
    private final CountDownLatch asked = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void argumentsAreVariablesAndTheTextIsSentAsItWasApproved() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/json", "{\"data\":{\"book\":null}}"))) {
            String hostile = "\") { title } } mutation { deleteAll } #";
            Sent sent = send(template(up, Operation.QUERY), Json.object().put("id", hostile), up.reach());
            assertThat(json(sent)).isEqualTo("{\"book\":null}");
            ObjectNode body = parsed(up.requests.getFirst().body());
            assertThat(body.path("query").stringValue()).isEqualTo(DOCUMENT);
            assertThat(body.path("variables").path("id").stringValue()).isEqualTo(hostile);
            assertThat(body.path("operationName").stringValue()).isEqualTo("book");
            assertThat(body.size()).isEqualTo(3);
            assertThat(up.requests.getFirst().line()).isEqualTo("POST /graphql HTTP/1.1");
        }
    }

    @Test
    void headerFieldsAndSecretsGoIntoHeadersAndNowhereElse() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/json", "{\"data\":{}}"))) {
            HttpCall plain = template(up, Operation.QUERY).request();
            HttpCall call = new HttpCall(
                    plain.method(),
                    plain.url(),
                    plain.contentType(),
                    Map.of("X-Shop", "${KEY}"),
                    Map.of(),
                    plain.body(),
                    List.of("X-Trace"),
                    new Auth.ApiKey("Bearer ${KEY}", "Authorization", Auth.Location.HEADER),
                    plain.timeout());
            GraphQl template = new GraphQl(call, Operation.QUERY, "", "{ a(b: \"${KEY}\") }", 1);
            ObjectNode arguments = Json.object().put("X-Trace", "t1").put("id", "${KEY}");
            json(Await.value(graphQl.send(dispatch(template, arguments, up.reach(), name -> "s3cret", 1000))));
            Upstream.Request request = up.requests.getFirst();
            assertThat(request.header("x-shop")).containsExactly("s3cret");
            assertThat(request.header("authorization")).containsExactly("Bearer s3cret");
            assertThat(request.header("x-trace")).containsExactly("t1");
            assertThat(request.body())
                    .isEqualTo("{\"query\":\"{ a(b: \\\"${KEY}\\\") }\",\"variables\":{\"id\":\"${KEY}\"}}");
        }
    }

    @Test
    void errorsWithoutDataAreAFaultInTheServersWords() throws Exception {
        try (Upstream up = answering("{\"data\":null,\"errors\":[{\"message\":\"no such\\u202e book\"},{\"x\":1}]}")) {
            ToolFault fault = fault(send(up));
            assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
            assertThat(fault.detail()).isEqualTo("no such book; an error without a message");
        }
    }

    @Test
    void aFieldThatFailedIsNoData() throws Exception {
        try (Upstream up = answering("{\"data\":{\"a\":null},\"errors\":[{\"message\":\"no\"}]}")) {
            assertThat(fault(send(up)).kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        }
        try (Upstream up = answering("{\"data\":{\"a\":null}}")) {
            assertThat(json(send(up))).isEqualTo("{\"a\":null}");
        }
    }

    @Test
    void dataWithErrorsIsKeptAndMarked() throws Exception {
        try (Upstream up =
                answering("{\"errors\":[{\"message\":\"half\"}],\"data\":{\"a\":1},\"extensions\":{\"cost\":9}}")) {
            assertThat(json(send(up))).isEqualTo("{\"data\":{\"a\":1},\"errors\":[{\"message\":\"half\"}]}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":5}",
                "{\"data\":{},\"errors\":\"none\"}",
                "{\"errors\":[]}",
                "{\"data\":{\"a\":1,\"a\":2}}"
            })
    void whatIsNoGraphQlResponseIsAFault(String body) throws Exception {
        try (Upstream up = answering(body)) {
            assertThat(fault(send(up)).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void anErrorStatusIsAFaultWithWhatTheServerSaid() throws Exception {
        String body = "{\"errors\":[{\"message\":\"Must provide query string.\"}]}";
        try (Upstream up = Upstream.answering("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body)) {
            ToolFault fault = fault(send(up));
            assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
            assertThat(fault.detail()).contains("Must provide query string.");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (Upstream up = Upstream.answering(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(fault(send(up)).kind()).isEqualTo(Kind.UPSTREAM_STATUS);
            assertThat(up.requests).hasSize(1);
        }
    }

    @Test
    void aHostThatWasNotGrantedIsNeverReached() throws Exception {
        try (Upstream up = answering("{\"data\":{}}")) {
            Sent sent = send(template(up, Operation.QUERY), Json.object(), Reach.PUBLIC);
            assertThat(fault(sent).kind()).isEqualTo(Kind.EGRESS_DENIED);
            assertThat(up.connections.get()).isZero();
        }
        // A name that only starts like this machine's is a stranger's.
        GraphQl lookalike = template("http://localhost.attacker.example/graphql", Operation.QUERY);
        Reach localhost = new Reach(java.util.Set.of("localhost"));
        assertThat(fault(send(lookalike, Json.object(), localhost)).kind()).isIn(Kind.EGRESS_DENIED, Kind.UNREACHABLE);
    }

    @Test
    void anAnswerThatIsTooLargeOrTooSlowEndsTheCall() throws Exception {
        try (Upstream up = answering("{\"data\":{\"a\":\"" + "x".repeat(2000) + "\"}}")) {
            assertThat(fault(send(up)).kind()).isEqualTo(Kind.TOO_LARGE);
        }
        try (Upstream up = silent()) {
            HttpCall call = template(up, Operation.QUERY).request();
            HttpCall hasty = new HttpCall(
                    call.method(),
                    call.url(),
                    call.contentType(),
                    call.headers(),
                    call.query(),
                    call.body(),
                    call.headerFields(),
                    call.auth(),
                    Duration.ofMillis(50));
            GraphQl template = new GraphQl(hasty, Operation.MUTATION, "", "mutation { a }", 1);
            assertThat(fault(send(template, Json.object(), up.reach())).kind()).isEqualTo(Kind.TIMED_OUT);
            Await.opened(up.left);
        }
    }

    @Test
    void aCallerWhoGivesUpEndsTheCall() throws Exception {
        try (Upstream up = silent()) {
            CompletableFuture<Sent> sent = graphQl.send(
                            dispatch(template(up, Operation.QUERY), Json.object(), up.reach(), Secrets.none(), 1000))
                    .toCompletableFuture();
            Await.opened(asked);
            withdrawal.say();
            assertThat(fault(Await.value(sent)).kind()).isEqualTo(Kind.CANCELLED);
            Await.opened(up.left);
        }
    }

    @Test
    void aSubscriptionTellsTheDataOfEveryEvent() throws Exception {
        try (Upstream up = events("""
                event: next
                data: {"data":{"n":1}}

                :

                event: next
                data: {"data":{"n":2},"errors":[{"message":"half"}]}

                event: complete
                data:

                """)) {
            Sent sent = send(template(up, Operation.SUBSCRIPTION), Json.object().put("id", "7"), up.reach());
            String half = "{\"data\":{\"n\":2},\"errors\":[{\"message\":\"half\"}]}";
            assertThat(json(sent)).isEqualTo("[{\"n\":1}," + half + "]");
            assertThat(told).containsExactly("{\"n\":1}", half);
            assertThat(up.requests.getFirst().line()).startsWith("POST ");
            assertThat(up.requests.getFirst().header("accept")).containsExactly("text/event-stream");
            assertThat(parsed(up.requests.getFirst().body())
                            .path("variables")
                            .path("id")
                            .stringValue())
                    .isEqualTo("7");
        }
    }

    @Test
    void aSubscriptionThatBringsNothingButErrorsFails() throws Exception {
        try (Upstream up = events("event: next\ndata: {\"errors\":[{\"message\":\"not for you\"}]}\n\n")) {
            ToolFault fault = fault(send(template(up, Operation.SUBSCRIPTION), Json.object(), up.reach()));
            assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
            assertThat(fault.detail()).isEqualTo("not for you");
        }
        try (Upstream up = events("event: next\ndata: \"no response\"\n\n")) {
            assertThat(fault(send(template(up, Operation.SUBSCRIPTION), Json.object(), up.reach()))
                            .kind())
                    .isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void aServerSaysItsSchemaOrWhyNot() throws Exception {
        String schema =
                Json.text(Judge.of("type Query { hello(to: String!): String }").introspected());
        try (Upstream up = answering("{\"data\":" + schema + "}")) {
            Listed listed = list(up, up.reach());
            assertThat(((Listed.Tools) listed).tools().getFirst().name().text()).isEqualTo("shop.query.hello");
            assertThat(up.requests.getFirst().header("x-key")).containsExactly("s3cret");
        }
        try (Upstream up = answering("{\"errors\":[{\"message\":\"introspection is off\"}]}")) {
            assertThat(((Listed.Failed) list(up, up.reach())).fault().detail()).isEqualTo("introspection is off");
            assertThat(((Listed.Failed) list(up, Reach.PUBLIC)).fault().kind()).isEqualTo(Kind.EGRESS_DENIED);
        }
        try (Upstream up = answering("{\"data\":{\"__schema\":{}}}")) {
            assertThat(((Listed.Failed) list(up, up.reach())).fault().kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    private Listed list(Upstream up, Reach reach) throws Exception {
        return Await.value(new Introspection(graphQl)
                .list(
                        "shop",
                        up.url("/graphql"),
                        Map.of("X-Key", "${KEY}"),
                        name -> "s3cret",
                        reach,
                        Duration.ofSeconds(15)));
    }

    private static Upstream answering(String body) {
        return Upstream.answering(Upstream.ok("application/json", body));
    }

    private Upstream silent() {
        return Upstream.answering((request, out) -> asked.countDown());
    }

    private static Upstream events(String stream) {
        return Upstream.answering((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: none\r\n"
                            + "Connection: close\r\n\r\n" + stream)
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("the end");
        });
    }

    private static GraphQl template(Upstream up, Operation operation) {
        return template(up.url("/graphql"), operation);
    }

    private static GraphQl template(String url, Operation operation) {
        HttpCall call = Judge.request();
        return new GraphQl(
                new HttpCall(
                        call.method(),
                        url,
                        call.contentType(),
                        call.headers(),
                        call.query(),
                        call.body(),
                        call.headerFields(),
                        call.auth(),
                        Duration.ofSeconds(15)),
                operation,
                "book",
                DOCUMENT,
                100);
    }

    private Sent send(Upstream up) throws Exception {
        return send(template(up, Operation.QUERY), Json.object().put("id", "1"), up.reach());
    }

    private Sent send(GraphQl template, ObjectNode arguments, Reach reach) throws Exception {
        return Await.value(graphQl.send(dispatch(template, arguments, reach, Secrets.none(), 1000)));
    }

    private Dispatch dispatch(GraphQl template, ObjectNode arguments, Reach reach, Secrets secrets, int answerBytes) {
        return new Dispatch(
                "source",
                template,
                arguments,
                secrets,
                reach,
                Duration.ofSeconds(15),
                answerBytes,
                "req-1",
                "",
                Runnable::run,
                event -> told.add(Json.text(event)),
                withdrawal);
    }

    private static ObjectNode parsed(String text) throws Malformed {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
    }

    private static String json(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        Answer.Json json = (Answer.Json) ((Sent.Answered) sent).answer();
        assertThat(new String(json.bytes(), StandardCharsets.UTF_8)).isEqualTo(Json.text(json.value()));
        return Json.text(json.value());
    }

    private static ToolFault fault(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }
}
