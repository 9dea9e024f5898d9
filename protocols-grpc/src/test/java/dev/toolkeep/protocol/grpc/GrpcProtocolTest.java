package dev.toolkeep.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Servers that answer in bytes no library would write.
class GrpcProtocolTest {
    /// `Item { id: "a" }` with its prefix.
    private static final String ITEM = "0000000003" + "0a0161";

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final GrpcProtocol grpc = new GrpcProtocol(vertx, egress, new Tokens(vertx, egress));
    private final Withdrawal withdrawal = new Withdrawal();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private int port;

    @AfterEach
    void stop() throws Exception {
        egress.close();
        await(vertx.close().toCompletionStage());
    }

    @Test
    void metadataDeadlineAndMessageAreSentAndNothingElse() throws Exception {
        CompletableFuture<Buffer> body = new CompletableFuture<>();
        serve(request -> request.body().onSuccess(sent -> {
            body.complete(sent);
            answer(request, ITEM, "0");
        }));
        Sent sent = send("Find", "{\"id\":\"a\",\"amount\":\"5\"}", 1000);
        assertThat(json(sent)).isEqualTo("{\"id\":\"a\",\"amount\":\"0\",\"parts\":[]}");
        assertThat(HexFormat.of().formatHex(await(body).getBytes())).isEqualTo("0000000005" + "0a01611005");
        Map<String, String> headers = heard.getFirst();
        assertThat(headers)
                .containsEntry(":path", "/stock.Stock/Find")
                .containsEntry("content-type", "application/grpc")
                .containsEntry("te", "trailers")
                .containsEntry("x-key", "s3cret")
                .containsKey("grpc-timeout");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000003 0a0161, 3, UPSTREAM_ERROR",
        "'', 14, UNREACHABLE",
        "'', 4, TIMED_OUT",
        "'', 12, UPSTREAM_STATUS",
        "'', 99, UPSTREAM_ERROR",
        "'', 0, BAD_ANSWER",
        "'', none, BAD_ANSWER",
        "0000000003 0a, 0, BAD_ANSWER",
        "0100000003 0a0161, 0, BAD_ANSWER",
        "0000000003 ffffff, 0, BAD_ANSWER",
        "0000000003 0a0161 0000000003 0a0161, 0, BAD_ANSWER",
        "007fffffff 0a, 0, TOO_LARGE",
        "00ffffffff 0a, 0, TOO_LARGE",
    })
    void whatIsNotOneMessageAndAGoodStatusIsAFault(String frames, String status, Kind kind) throws Exception {
        serve(request -> request.end().onSuccess(end -> answer(request, frames.replace(" ", ""), status)));
        assertThat(fault(send("Find", "{}", 1000)).kind()).isEqualTo(kind);
    }

    @Test
    void theServersWordsAreDecodedAndMadePlain() throws Exception {
        serve(request -> request.end()
                .onSuccess(end -> request.response()
                        .putHeader("content-type", "application/grpc")
                        .putHeader("grpc-status", "5")
                        .putHeader("grpc-message", "no%20%E2%80%AEitem%0A7%zz")
                        .end()));
        assertThat(fault(send("Find", "{}", 1000)).detail()).isEqualTo("no item 7%zz");
    }

    @Test
    void aStreamTellsEachMessageAndEndsAtItsBound() throws Exception {
        serve(request -> request.end().onSuccess(end -> answer(request, ITEM.repeat(3), "0")));
        assertThat(json(send("Watch", "{}", 1000)).split("\"id\"")).hasSize(4);
        assertThat(told).hasSize(3);
        assertThat(fault(send("Watch", "{}", 60)).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void twoBytesThatAreKilobytesOfJsonAreAFault() throws Exception {
        String parts = "1a00".repeat(400);
        serve(request -> request.end()
                .onSuccess(end -> answer(request, "00" + HexFormat.of().toHexDigits(800, 8) + parts, "0")));
        assertThat(fault(send("Find", "{}", 1000)).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void argumentsThatAreNoSuchMessageAreNotSent() throws Exception {
        serve(request -> answer(request, ITEM, "0"));
        for (String arguments : List.of("{\"unknown\":1}", "{\"amount\":\"x\"}", "{\"parts\":{}}")) {
            ToolFault fault = fault(send("Find", arguments, 1000));
            assertThat(fault.kind()).isEqualTo(Kind.BAD_REQUEST);
            assertThat(fault.message()).isEqualTo("the arguments do not fit the message stock.Item");
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void aHostThatWasNotGrantedIsNotReachedInPlain() throws Exception {
        serve(request -> answer(request, ITEM, "0"));
        assertThat(fault(await(grpc.send(dispatch("Find", "{}", Reach.PUBLIC, 1000))))
                        .kind())
                .isEqualTo(Kind.EGRESS_DENIED);
        assertThat(heard).isEmpty();
    }

    @Test
    void aServerThatDawdlesOrACallerWhoGivesUpEndsTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        serve(request -> {
            request.response().exceptionHandler(reset -> left.countDown());
            asked.countDown();
        });
        CompletionStage<Sent> sent = grpc.send(dispatch("Find", "{}", reach(), 1000));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        withdrawal.say();
        assertThat(fault(await(sent)).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReflectionThatIsNoneIsAFault() throws Exception {
        serve(request -> request.end().onSuccess(end -> answer(request, "0000000001ff", "0")));
        assertThat(((Listed.Failed) list()).fault().kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void theOlderReflectionIsAskedWhereTheNewerIsUnknown() throws Exception {
        serve(request -> request.end().onSuccess(end -> answer(request, "", "12")));
        assertThat(((Listed.Failed) list()).fault().kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(heard.stream().map(headers -> headers.get(":path")))
                .containsExactly(
                        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
    }

    private Listed list() throws Exception {
        return await(grpc.list(
                "shop", "http://127.0.0.1:" + port, Map.of(), Secrets.none(), reach(), Duration.ofSeconds(20)));
    }

    private void serve(Handler<HttpServerRequest> answers) throws Exception {
        port = await(vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> {
                            Map<String, String> headers = new java.util.TreeMap<>();
                            request.headers().forEach(one -> headers.put(one.getKey(), one.getValue()));
                            headers.put(":path", request.path());
                            heard.add(headers);
                            answers.handle(request);
                        })
                        .listen()
                        .toCompletionStage())
                .actualPort();
    }

    private static void answer(HttpServerRequest request, String hex, String status) {
        HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
        response.setChunked(true);
        if (!status.equals("none")) {
            response.putTrailer("grpc-status", status);
        }
        response.end(Buffer.buffer(HexFormat.of().parseHex(hex)));
    }

    private Reach reach() {
        return new Reach(Set.of("127.0.0.1:" + port));
    }

    private Sent send(String method, String arguments, int answerBytes) throws Exception {
        return await(grpc.send(dispatch(method, arguments, reach(), answerBytes)));
    }

    private Dispatch dispatch(String method, String arguments, Reach reach, int answerBytes) throws Exception {
        CallTemplate template = Stock.tool("http://127.0.0.1:" + port, method).template();
        ObjectNode parsed = dev.toolkeep.wire.StrictJson.object(
                arguments.getBytes(java.nio.charset.StandardCharsets.UTF_8), dev.toolkeep.wire.Bounds.REQUEST);
        return new Dispatch(
                "shop",
                template,
                parsed,
                name -> "s3cret",
                reach,
                Duration.ofSeconds(20),
                answerBytes,
                "req-1",
                "",
                Runnable::run,
                event -> told.add(Json.text(event)),
                withdrawal);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String json(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        return Json.text(((Answer.Json) ((Sent.Answered) sent).answer()).value());
    }

    private static ToolFault fault(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }
}
