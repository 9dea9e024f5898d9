package dev.toolkeep.protocol.grpc;

import dev.toolkeep.protocol.http.HttpAnswers;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// gRPC's status codes as faults (gRPC, "Status codes and their use in gRPC").
final class GrpcStatus {
    private static final List<String> NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private GrpcStatus() {}

    /// @param message percent-encoded, as the server sent it
    static ToolFault fault(String status, @Nullable String message) {
        String name = NAMES.stream()
                .filter(known -> status.equals(Integer.toString(NAMES.indexOf(known))))
                .findFirst()
                .orElse("UNKNOWN");
        Kind kind = switch (name) {
            case "DEADLINE_EXCEEDED" -> Kind.TIMED_OUT;
            case "UNAVAILABLE" -> Kind.UNREACHABLE;
            case "UNIMPLEMENTED" -> Kind.UPSTREAM_STATUS;
            default -> Kind.UPSTREAM_ERROR;
        };
        String detail = message == null ? "" : HttpAnswers.excerpt(decoded(message));
        return new ToolFault(kind, "the tool's server answered with the gRPC status " + name, detail);
    }

    private static byte[] decoded(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                plain.write(high << 4 | low);
                i += 2;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toByteArray();
    }
}
