package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.FakeTokenServer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.protocol.stream.StreamProtocol;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// UTCP `oauth2`: client credentials, and where they go.
class OAuthCallsTest {
    private static final long SECOND = 1_000_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final AtomicLong nanos = new AtomicLong();
    private final Tokens tokens = new Tokens(vertx, egress, nanos::get);
    private final HttpProtocol http = new HttpProtocol(vertx, egress, tokens);
    private final FakeTokenServer server = new FakeTokenServer();
    private final FakeTokenServer other = new FakeTokenServer();
    private final List<String> learned = new CopyOnWriteArrayList<>();
    private final Secrets secrets = new Secrets() {
        @Override
        public @Nullable String value(String name) {
            return name.equals("SECRET") ? FakeTokenServer.SECRET : null;
        }

        @Override
        public void learned(String value) {
            learned.add(value);
        }
    };
    private Reach reach = new Reach(Set.of("127.0.0.1"));

    @AfterEach
    void stop() throws Exception {
        server.close();
        other.close();
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void aTokenIsFetchedOnceAndSentWithEveryCall() throws Exception {
        assertThat(answer(server.auth("tools:read"))).isEqualTo("\"ok\"");
        assertThat(answer(server.auth("tools:read"))).isEqualTo("\"ok\"");
        assertThat(server.calls).containsExactly("Bearer token-number-1", "Bearer token-number-1");
        assertThat(server.visits).hasSize(1);
        assertThat(server.visits.getFirst().form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", "the client")
                .containsEntry("client_secret", FakeTokenServer.SECRET)
                .containsEntry("scope", "tools:read")
                .hasSize(4);
        assertThat(learned).contains("token-number-1");
    }

    @Test
    void withoutAScopeNoneIsSent() throws Exception {
        answer(server.auth(""));
        assertThat(server.visits.getFirst().form()).doesNotContainKey("scope");
    }

    @Test
    void aServerThatWantsTheBasicHeaderIsGivenItAndRemembered() throws Exception {
        server.basicOnly = true;
        server.more = ",\"expires_in\":0";
        assertThat(answer(server.auth(""))).isEqualTo("\"ok\"");
        assertThat(answer(server.auth(""))).isEqualTo("\"ok\"");
        assertThat(server.visits).hasSize(3);
        assertThat(server.visits.getLast().basic()).startsWith("the+client:p%26ss%3Aw0rd");
        assertThat(server.visits.getLast().form()).doesNotContainKey("client_secret");
    }

    /// reference/utcp.md 4.2.3: tokens went to other issuers and scopes, and never ended.
    @Test
    void aTokenIsForItsIssuerClientSecretScopeAndSourceAlone() throws Exception {
        answer(server.auth("a"));
        answer(server.auth("b"));
        assertThat(server.given).hasValue(2);
        Auth.OAuth2 elsewhere = new Auth.OAuth2(other.at("/token"), "the client", "${SECRET}", "a");
        answer(elsewhere);
        assertThat(other.given).hasValue(1);
        ToolFault wrong = fault(send(new Auth.OAuth2(server.at("/token"), "the client", "guessed it", "a")));
        assertThat(wrong.message()).contains("invalid_client");
        reach = new Reach(Set.of("127.0.0.1", "10.0.0.1"));
        answer(server.auth("a"));
        assertThat(server.given).hasValue(3);
    }

    @Test
    void aTokenEndsBeforeItsTimeIsUp() throws Exception {
        server.more = ",\"expires_in\":100";
        answer(server.auth(""));
        nanos.addAndGet(89 * SECOND);
        answer(server.auth(""));
        assertThat(server.given).hasValue(1);
        nanos.addAndGet(2 * SECOND);
        answer(server.auth(""));
        assertThat(server.given).hasValue(2);
        server.more = "";
        nanos.addAndGet(100 * SECOND);
        answer(server.auth(""));
        nanos.addAndGet(200 * SECOND);
        answer(server.auth(""));
        assertThat(server.given).hasValue(3);
        nanos.addAndGet(100 * SECOND);
        answer(server.auth(""));
        assertThat(server.given).hasValue(4);
    }

    @Test
    void manyCallsAtOnceFetchOneToken() throws Exception {
        server.gate.drainPermits();
        List<CompletableFuture<Sent>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(http.send(dispatch(server.auth(""))).toCompletableFuture());
        }
        server.gate.release(1);
        for (CompletableFuture<Sent> call : calls) {
            assertThat(Await.value(call)).isInstanceOf(Sent.Answered.class);
        }
        assertThat(server.visits).hasSize(1);
    }

    @Test
    void aTokenThatNoLongerHoldsIsFetchedAnewOnce() throws Exception {
        answer(server.auth(""));
        server.revoked = "token-number-1";
        assertThat(answer(server.auth(""))).isEqualTo("\"ok\"");
        assertThat(server.calls)
                .containsExactly("Bearer token-number-1", "Bearer token-number-1", "Bearer token-number-2");
        server.revoked = "token-number-2";
        server.given.set(1); // the new token is the refused one again
        ToolFault fault = fault(send(server.auth("")));
        assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(server.calls).hasSize(5);
    }

    @Test
    void aTokenWithLessThanTheScopeIsNotUsed() throws Exception {
        server.more = ",\"scope\":\"tools:read\"";
        assertThat(answer(server.auth("tools:read"))).isEqualTo("\"ok\"");
        ToolFault fault = fault(send(server.auth("tools:read tools:execute")));
        assertThat(fault.message()).contains("less than the scope");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void onlyBearerTokensThatFitAHeaderAreUsed() throws Exception {
        server.type = "DPoP";
        assertThat(fault(send(server.auth(""))).message()).contains("no bearer token");
        server.type = "Bearer\",\"access_token\":\"twice";
        assertThat(fault(send(server.auth(""))).message()).contains("not valid JSON");
        assertThat(server.calls).isEmpty();
    }

    /// GHSA-8cp3-qxj6-px34: a token URL somewhere else was sent the client's credentials.
    @Test
    void aTokenEndpointIsBehindTheGuardOfItsSource() throws Exception {
        reach = new Reach(Set.of(server.at("").substring(7)));
        Auth.OAuth2 stolen = new Auth.OAuth2(other.at("/token"), "the client", "${SECRET}", "");
        ToolFault fault = fault(send(stolen));
        assertThat(fault.kind()).isEqualTo(Kind.EGRESS_DENIED);
        assertThat(fault.message()).contains("token endpoint").contains("not granted");
        for (String url : List.of("http://169.254.169.254/token", "http://93.184.216.34/token")) {
            assertThat(fault(send(new Auth.OAuth2(url, "the client", "${SECRET}", "")))
                            .kind())
                    .isEqualTo(Kind.EGRESS_DENIED);
        }
        assertThat(other.visits).isEmpty();
        assertThat(server.calls).isEmpty();
    }

    /// GHSA-9qhg-99ww-9mqc, for token requests.
    @Test
    void aTokenRequestFollowsNoRedirect() throws Exception {
        server.redirect = other.at("/token");
        ToolFault fault = fault(send(server.auth("")));
        assertThat(fault.message()).contains("redirect").contains("never followed");
        assertThat(other.visits).isEmpty();
    }

    @Test
    void noErrorHoldsTheSecretOrWhatTheServerWrote() throws Exception {
        Auth.OAuth2 wrong = new Auth.OAuth2(server.at("/token"), "the client", "x${SECRET}", "");
        ToolFault fault = fault(send(wrong));
        assertThat(fault.toString())
                .contains("invalid_client")
                .doesNotContain("p&ss")
                .doesNotContain("not x");
        assertThat(fault.detail()).isEmpty();
        Auth.OAuth2 missing = new Auth.OAuth2(server.at("/token"), "the client", "${OTHER}", "");
        assertThat(fault(send(missing)).kind()).isEqualTo(Kind.MISSING_SECRET);
    }

    @Test
    void noArgumentTakesTheTokensPlace() throws Exception {
        CallTemplate.Http template = Calls.with(Calls.get(server.at("/api")), server.auth(""));
        CallTemplate.Http sly = Calls.with(template, java.util.Map.of(), "Authorization");
        Sent sent = Await.value(
                http.send(Calls.dispatch(sly, "{\"Authorization\":\"Bearer token-number-9\"}", secrets, reach)));
        assertThat(fault(sent).message()).contains("may not set the header");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void aStreamProvesItselfTheSameWay() throws Exception {
        StreamProtocol stream = new StreamProtocol(vertx, egress, tokens);
        CallTemplate.Http http = Calls.with(Calls.get(server.at("/api")), server.auth(""));
        CallTemplate template = new CallTemplate.StreamableHttp(http.request(), 4096);
        answer(server.auth(""));
        server.revoked = "token-number-1";
        Sent sent = Await.value(stream.send(Calls.dispatch(template, "{}", secrets, reach)));
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        assertThat(server.calls).endsWith("Bearer token-number-1", "Bearer token-number-2");
    }

    private Dispatch dispatch(Auth auth) {
        return Calls.dispatch(Calls.with(Calls.get(server.at("/api")), auth), "{}", secrets, reach);
    }

    private Sent send(Auth auth) throws Exception {
        return Await.value(http.send(dispatch(auth)));
    }

    private String answer(Auth auth) throws Exception {
        Sent sent = send(auth);
        if (sent instanceof Sent.Answered(Answer.Json json)) {
            return json.value().toString();
        }
        throw new AssertionError("no answer but " + sent);
    }

    private static ToolFault fault(Sent sent) {
        if (sent instanceof Sent.Failed(ToolFault fault)) {
            return fault;
        }
        throw new AssertionError("no fault but an answer");
    }
}
