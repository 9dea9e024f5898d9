package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Redirects of a call (GHSA-9qhg-99ww-9mqc): inside the approved origin when the template says so, never out of it.
class HttpRedirectTest {
    private static final Secrets SECRETS = name -> "s3cret-value";

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final HttpProtocol http = new HttpProtocol(vertx, egress);
    private final Upstream other = Upstream.answering(Upstream.ok("text/plain", "other"));
    private volatile String location = "/end";
    private volatile String status = "302 Found";
    private final Upstream up = Upstream.answering((request, out) -> {
        String answer = request.target().startsWith("/start")
                ? "HTTP/1.1 " + status + "\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
                : Upstream.ok("text/plain", "end");
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    });

    @AfterEach
    void stop() throws Exception {
        up.close();
        other.close();
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void aRedirectIsNotFollowedUnlessTheTemplateSaysSo() throws Exception {
        ToolFault fault = fault(send(get(false)));
        assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(fault.message()).contains("302").contains("not followed");
        assertThat(up.requests).hasSize(1);
    }

    @Test
    void insideTheOriginItIsFollowedWithItsCredential() throws Exception {
        for (String to : List.of("/end?x=1", "end?x=1", up.url("/end?x=1"))) {
            location = to;
            assertThat(text(send(get(true)))).isEqualTo("end");
            assertThat(up.requests.getLast().target()).isEqualTo("/end?x=1");
            assertThat(up.requests.getLast().header("x-api-key")).containsExactly("s3cret-value");
        }
    }

    @Test
    void outOfTheOriginItNeverIs() throws Exception {
        for (String to : List.of(
                other.url("/x"),
                "//127.0.0.1:" + other.port() + "/x",
                "http://localhost:" + up.port() + "/end",
                "https://127.0.0.1:" + up.port() + "/end",
                "http://169.254.169.254/latest/meta-data")) {
            location = to;
            assertThat(fault(send(get(true))).kind()).as(to).isEqualTo(Kind.EGRESS_DENIED);
        }
        for (String to : List.of("file:///etc/passwd", "http://a b/", "javascript:alert(1)")) {
            location = to;
            assertThat(fault(send(get(true))).kind()).as(to).isEqualTo(Kind.UPSTREAM_STATUS);
        }
        assertThat(other.connections.get()).isZero();
        assertThat(up.requests)
                .allSatisfy(request -> assertThat(request.target()).startsWith("/start"));
    }

    @Test
    void aLoopEnds() throws Exception {
        location = "/start";
        assertThat(fault(send(get(true))).message()).contains("once more");
        assertThat(up.requests).hasSize(6);
    }

    @Test
    void aPostBecomesAGetOnlyAsTheStatusSays() throws Exception {
        status = "303 See Other";
        assertThat(text(send(post()))).isEqualTo("end");
        assertThat(up.requests.getLast().line()).startsWith("GET ");
        assertThat(up.requests.getLast().body()).isEmpty();
        assertThat(up.requests.getLast().header("content-type")).isEmpty();
        status = "307 Temporary Redirect";
        assertThat(text(send(post()))).isEqualTo("end");
        assertThat(up.requests.getLast().line()).startsWith("POST ");
        assertThat(up.requests.getLast().body()).isEqualTo("{\"a\":1}");
    }

    private CallTemplate.Http get(boolean follow) {
        CallTemplate.Http plain =
                Calls.with(Calls.get(up.url("/start")), new Auth.ApiKey("${KEY}", "X-Api-Key", Auth.Location.HEADER));
        return new CallTemplate.Http(plain.request(), follow);
    }

    private CallTemplate.Http post() {
        return new CallTemplate.Http(
                Calls.post(up.url("/start"), "application/json").request(), true);
    }

    private Sent send(CallTemplate.Http template) throws Exception {
        Reach reach = new Reach(Set.of("127.0.0.1", "localhost"));
        return Await.value(http.send(Calls.dispatch(
                template,
                "{\"body\":{\"a\":1}}"
                        .replace("\"body\"", template.request().method().name().equals("GET") ? "\"q\"" : "\"body\""),
                SECRETS,
                reach)));
    }

    private static ToolFault fault(Sent sent) {
        return ((Sent.Failed) sent).fault();
    }

    private static String text(Sent sent) {
        return ((Answer.Text) ((Sent.Answered) sent).answer()).text();
    }
}
