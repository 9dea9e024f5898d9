package dev.toolkeep.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.Templates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/// A WebSocket protocol on a real way out, and the calls of a test.
final class WebSocketFixture {
    private final Vertx vertx = Vertx.vertx();
    private final Egress egress;
    private final WebSocketProtocol protocol;
    private final AtomicInteger calls = new AtomicInteger();
    final List<String> told = new CopyOnWriteArrayList<>();
    final CountDownLatch first = new CountDownLatch(1);
    String source = "source";
    int answerBytes = 10_000;
    Duration timeout = Duration.ofSeconds(15);

    WebSocketFixture() {
        this(EgressOptions.defaults());
    }

    WebSocketFixture(EgressOptions options) {
        this.egress = new Egress(vertx, this::addresses, options);
        this.protocol = new WebSocketProtocol(
                vertx, egress, new Tokens(vertx, egress), new SecureRandom(), Duration.ofSeconds(30));
    }

    /// Names that only a test's resolver knows, and all others.
    private Future<List<InetAddress>> addresses(String host) {
        return switch (host) {
            case "pinned.test", "other.test" -> Future.succeededFuture(List.of(InetAddress.ofLiteral("127.0.0.1")));
            case "localhost.evil.test" -> Future.succeededFuture(List.of(InetAddress.ofLiteral("8.8.8.8")));
            default -> Lookup.system(vertx).addresses(host);
        };
    }

    void close() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    /// A template for a peer, with more members.
    static CallTemplate template(WebSocketPeer peer, String more) throws Exception {
        return template(peer.url("/ws"), more);
    }

    static CallTemplate template(String url, String more) throws Exception {
        String json = "{\"call_template_type\":\"websocket\",\"url\":\"" + url + "\"" + (more.isEmpty() ? "" : ",")
                + more + "}";
        return Templates.fromJson(object(json));
    }

    static ObjectNode object(String json) throws Exception {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
    }

    Sent send(WebSocketPeer peer, String more, String arguments) throws Exception {
        return Await.value(start(template(peer, more), arguments, peer.reach(), new Withdrawal()));
    }

    CompletableFuture<Sent> start(CallTemplate template, String arguments, Reach reach, Withdrawal withdrawal)
            throws Exception {
        return start(template, arguments, reach, withdrawal, Map.of());
    }

    CompletableFuture<Sent> start(
            CallTemplate template, String arguments, Reach reach, Withdrawal withdrawal, Map<String, String> secrets)
            throws Exception {
        Secrets opened = secrets::get;
        return protocol.send(new Dispatch(
                        source,
                        template,
                        object(arguments),
                        opened,
                        reach,
                        timeout,
                        answerBytes,
                        "call-" + calls.incrementAndGet(),
                        "",
                        Runnable::run,
                        event -> {
                            told.add(Json.text(event));
                            first.countDown();
                        },
                        withdrawal))
                .toCompletableFuture();
    }

    static String answer(Sent sent) {
        assertThat(sent).as(sent.toString()).isInstanceOf(Sent.Answered.class);
        return switch (((Sent.Answered) sent).answer()) {
            case Answer.Json json -> new String(json.bytes(), StandardCharsets.UTF_8);
            case Answer.Text text -> text.text();
            case Answer.Bytes bytes -> "bytes " + new String(bytes.bytes(), StandardCharsets.ISO_8859_1);
            case Answer.Blocks blocks -> blocks.toString();
            case Answer.Asks asks -> asks.toString();
        };
    }

    static ToolFault fault(Sent sent) {
        assertThat(sent).as(sent.toString()).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }
}
