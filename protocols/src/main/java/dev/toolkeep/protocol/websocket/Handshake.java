package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.http.HttpPlan;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is asked and what must be answered for an HTTP connection to become a WebSocket (RFC 6455, 4.1). No extension
/// is offered, so none may be chosen.
final class Handshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String key;
    private final String subprotocol;

    Handshake(SecureRandom random, String subprotocol) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
        this.subprotocol = subprotocol;
    }

    void ask(HttpClientRequest request, HttpPlan.Outgoing outgoing) {
        outgoing.headers().forEach(header -> request.putHeader(header.name(), header.value()));
        request.putHeader("Connection", "Upgrade")
                .putHeader("Upgrade", "websocket")
                .putHeader("Sec-WebSocket-Version", "13")
                .putHeader("Sec-WebSocket-Key", key);
        if (!subprotocol.isEmpty()) {
            request.putHeader("Sec-WebSocket-Protocol", subprotocol);
        }
    }

    /// What is wrong with the answer, or null. Its status is 101.
    @Nullable
    String problem(HttpClientResponse response) {
        if (!tokens(response, "Upgrade").anyMatch("websocket"::equals)
                || tokens(response, "Connection").noneMatch("upgrade"::equals)) {
            return "the tool's server changed to another protocol than WebSocket";
        }
        if (!accept().equals(response.getHeader("Sec-WebSocket-Accept"))) {
            return "the tool's server did not answer the WebSocket handshake it was asked for";
        }
        if (response.getHeader("Sec-WebSocket-Extensions") != null) {
            return "the tool's server chose a WebSocket extension it was not offered";
        }
        String chosen = response.getHeader("Sec-WebSocket-Protocol");
        return subprotocol.equals(chosen == null ? "" : chosen)
                ? null
                : "the tool's server does not speak the subprotocol of its template";
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1") // the protocol's choice; nothing rests on it
                    .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static Stream<String> tokens(HttpClientResponse response, String header) {
        return response.headers().getAll(header).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT));
    }
}
