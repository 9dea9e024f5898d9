package dev.toolkeep.protocol.oauth;

import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Faults;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One visit to a token endpoint, through [Egress]. A redirect is never followed: it would carry the client's secret
/// to where nobody approved.
final class TokenRequest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Egress egress;
    private final Wanted wanted;

    TokenRequest(Egress egress, Wanted wanted) {
        this.egress = egress;
        this.wanted = wanted;
    }

    /// What came back: a token, or why not. `clientUnknown` when another way to say who the client is may help.
    record Outcome(Granted granted, boolean clientUnknown) {}

    /// With the client's secret in the body (RFC 6749, 2.3.1), or in a Basic header. Always completes with a value.
    Future<Outcome> send(boolean basic) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!wanted.asked().scope().isEmpty()) {
            form.put("scope", wanted.asked().scope());
        }
        if (!basic) {
            form.put("client_id", wanted.clientId());
            form.put("client_secret", wanted.secret());
        }
        AtomicReference<@Nullable HttpClientRequest> open = new AtomicReference<>();
        return egress.request(HttpMethod.POST, wanted.to(), wanted.target(), wanted.reach(), wanted.source())
                .compose(request -> {
                    open.set(request);
                    request.exceptionHandler(ignored -> {}); // a reset of ours is no error to log
                    request.putHeader("Content-Type", "application/x-www-form-urlencoded");
                    request.putHeader("Accept", "application/json");
                    request.putHeader("User-Agent", "Toolkeep");
                    if (basic) {
                        String pair = encoded(wanted.clientId()) + ":" + encoded(wanted.secret());
                        byte[] bytes = pair.getBytes(StandardCharsets.US_ASCII);
                        request.putHeader(
                                "Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
                    }
                    return request.send(Buffer.buffer(text(form))).compose(this::answered);
                })
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    HttpClientRequest left = open.get();
                    if (left != null) {
                        left.reset();
                    }
                    return Future.succeededFuture(new Outcome(new Granted.Failed(fault(failure)), false));
                });
    }

    private Future<Outcome> answered(HttpClientResponse response) {
        int status = response.statusCode();
        String coding = response.getHeader("Content-Encoding");
        if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
            Body.drop(response);
            return ended(Kind.BAD_ANSWER, "the token endpoint's answer is packed in a way that was not asked for");
        }
        if (status >= 300 && status < 400) {
            Body.drop(response);
            return ended(
                    Kind.UPSTREAM_STATUS,
                    "the token endpoint answered with a redirect (HTTP status " + status
                            + "), which is never followed: it would carry the client's secret elsewhere");
        }
        if (status == 200) {
            return Body.read(response, TokenAnswer.MOST_BYTES)
                    .map(bytes ->
                            new Outcome(TokenAnswer.read(bytes, wanted.asked().scope()), false));
        }
        return Body.readStart(response, TokenAnswer.MOST_BYTES).map(bytes -> {
            String code = TokenAnswer.code(bytes);
            String words = "the token endpoint gave no token (HTTP status " + status
                    + (code.isEmpty() ? "" : ", " + code) + ")";
            boolean unknown = (status == 400 || status == 401)
                    && (code.isEmpty() || code.equals("invalid_client") || code.equals("invalid_request"));
            return new Outcome(new Granted.Failed(ToolFault.of(Kind.UPSTREAM_STATUS, words)), unknown);
        });
    }

    private static Future<Outcome> ended(Kind kind, String words) {
        return Future.succeededFuture(new Outcome(new Granted.Failed(ToolFault.of(kind, words)), false));
    }

    private static ToolFault fault(Throwable failure) {
        ToolFault network = switch (failure) {
            case Body.Unacceptable unacceptable -> unacceptable.fault();
            case TimeoutException _ -> ToolFault.of(Kind.TIMED_OUT, "it did not answer in time");
            default -> Faults.of(failure);
        };
        return ToolFault.of(
                network.kind(),
                "the token endpoint gave no token: " + network.message().replace("the tool's server", "its server"));
    }

    private static String text(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
