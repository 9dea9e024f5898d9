package dev.toolkeep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.text.TextProtocol;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.Framing;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.SocketCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProtocolsTest {
    private final Protocols protocols = new Protocols(
            named("http"),
            named("sse"),
            named("stream"),
            named("graphql"),
            named("grpc"),
            new TextProtocol(),
            named("mcp"),
            new Protocols.Local(named("cli"), named("file"), named("builtin")),
            new Protocols.Sockets(named("websocket"), named("tcp"), named("udp")));

    @Test
    void everyTemplateIsSentByItsOwnProtocol() throws Exception {
        CallTemplate http = new CallTemplate.Http(
                HttpCall.Method.GET,
                "https://a.test/",
                "application/json",
                Map.of(),
                null,
                List.of(),
                new Auth.None(),
                Duration.ZERO);
        assertThat(send(http)).isEqualTo(answered("http"));
        HttpCall request = ((CallTemplate.Http) http).request();
        assertThat(send(new CallTemplate.Sse(request, "", true, Duration.ofSeconds(1), 1)))
                .isEqualTo(answered("sse"));
        assertThat(send(new CallTemplate.StreamableHttp(request, 1))).isEqualTo(answered("stream"));
        assertThat(send(new CallTemplate.GraphQl(request, CallTemplate.GraphQl.Operation.QUERY, "", "{ a }", 1)))
                .isEqualTo(answered("graphql"));
        assertThat(send(new CallTemplate.Grpc(request, "", 1))).isEqualTo(answered("grpc"));
        assertThat(send(new CallTemplate.Mcp(new McpServer.Http("https://a.test/", Map.of()), "t")))
                .isEqualTo(answered("mcp"));
        assertThat(send(new CallTemplate.Cli(new CliCall(
                        new CliCall.Form.Program("/bin/true", List.of()),
                        Map.of(),
                        Set.of(),
                        "",
                        Duration.ofSeconds(1),
                        Set.of(0),
                        1,
                        false))))
                .isEqualTo(answered("cli"));
        assertThat(send(new CallTemplate.File(new FileCall("/a", List.of(), 1, "utf-8", List.of()))))
                .isEqualTo(answered("file"));
        assertThat(send(new CallTemplate.Builtin("clock"))).isEqualTo(answered("builtin"));
        MessageTemplate message = new MessageTemplate.Arguments();
        SocketCall call = new SocketCall("a.test", 7, message, "utf-8", Duration.ofSeconds(1));
        assertThat(send(new CallTemplate.Tcp(call, new Framing.Stream(), 1))).isEqualTo(answered("tcp"));
        assertThat(send(new CallTemplate.Udp(call, 1))).isEqualTo(answered("udp"));
        assertThat(send(new CallTemplate.WebSocket(new WebSocketCall(
                        request,
                        "",
                        message,
                        new WebSocketCall.Replies(WebSocketCall.Format.ANY, 1, Json.object(), Duration.ofSeconds(1)),
                        new WebSocketCall.Line(Duration.ofSeconds(1), true, Duration.ofSeconds(1), true)))))
                .isEqualTo(answered("websocket"));
    }

    @Test
    void anUnsupportedTemplateIsNeverSentAndSaysWhy() throws Exception {
        Sent sent = send(new CallTemplate.Unsupported("carrier-pigeon", "unknown type", Json.object()));
        assertThat(sent)
                .isEqualTo(new Sent.Failed(
                        ToolFault.of(ToolFault.Kind.BAD_REQUEST, "this tool cannot be called: unknown type")));
    }

    @Test
    void aTextToolAnswersItsContentAndFillsNothingIn() throws Exception {
        assertThat(send(new CallTemplate.Text("key ${TOKEN}"))).isEqualTo(answered("key ${TOKEN}"));
        Sent sent = send(new CallTemplate.Text("é".repeat(51)));
        assertThat(((Sent.Failed) sent).fault().kind()).isEqualTo(ToolFault.Kind.TOO_LARGE);
    }

    private Sent send(CallTemplate template) throws Exception {
        Secrets secrets = name -> "s3cret";
        return Await.value(protocols.send(new Dispatch(
                "source",
                template,
                Json.object(),
                secrets,
                Reach.PUBLIC,
                Duration.ofSeconds(1),
                100,
                "r",
                "",
                Runnable::run,
                Progress.ignored(),
                new Withdrawal())));
    }

    private static Protocol named(String name) {
        return dispatch -> CompletableFuture.completedFuture(answered(name));
    }

    private static Sent answered(String text) {
        return new Sent.Answered(new Answer.Text(text));
    }
}
