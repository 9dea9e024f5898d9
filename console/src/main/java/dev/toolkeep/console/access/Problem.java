package dev.toolkeep.console.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// A problem of RFC 9457: what was refused or broke, in a stable `code`, by which `rule`, and what to do next.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String code, String rule, String advice) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String ROUTES = "/openapi.json says which routes there are and what each takes";

    public static Problem of(int status, String code, String detail, String rule, String advice) {
        return new Problem("about:blank", title(status), status, detail, code, rule, advice);
    }

    public static Problem of(Refusal refusal) {
        return of(refusal.code().status(), refusal.code().text(), refusal.message(), refusal.rule(), refusal.advice());
    }

    /// A source that could not be read.
    public static Problem of(ToolFault fault) {
        int status = switch (fault.kind()) {
            case TIMED_OUT -> 504;
            case OURS -> 500;
            default -> 502;
        };
        String said = fault.detail().isEmpty() ? fault.overheard() : fault.detail();
        String detail = said.isEmpty() ? fault.message() : fault.message() + ": " + said;
        return of(status, fault.kind().code(), detail, "source", "mend the source and try again");
    }

    /// A request that cannot be understood.
    public static Problem malformed(String detail) {
        return of(400, Refusal.Code.MALFORMED.text(), detail, "", "mend the request; " + ROUTES);
    }

    /// A request that no route takes as it stands, by the status it ended with.
    public static Problem refused(int status) {
        return switch (status) {
            case 404 -> of(404, "not_found", "there is no such route", "", ROUTES);
            case 405 -> of(405, "method_not_allowed", "this route does not know that method", "", ROUTES);
            case 406 -> of(406, "not_acceptable", "this route has no answer of the wanted type", "", "accept */*");
            case 408 ->
                of(408, "request_timed_out", "the request did not arrive in time", "", "send it whole and at once");
            case 413 -> of(413, "request_too_large", "the request is too large", "", "send less at once");
            case 415 ->
                of(
                        415,
                        "unsupported_media_type",
                        "this route does not read a body of that type",
                        "",
                        "send the body as Content-Type: application/json");
            default -> of(status, "malformed", "the request lacks something its route needs", "", ROUTES);
        };
    }

    /// A request that ended before any route could look at it.
    public static Problem unread(int status) {
        return switch (status) {
            case 405, 501 -> refused(405);
            case 400, 505 -> malformed("the request cannot be understood");
            default -> status >= 500 ? ours(UUID.randomUUID().toString().substring(0, 8)) : refused(status);
        };
    }

    /// A bug of ours; the log says more under the same number.
    public static Problem ours(String incident) {
        return of(
                500,
                "internal_error",
                "Toolkeep failed inside; this is a bug",
                "",
                "look for incident " + incident + " in its log and report it");
    }

    /// As the whole answer to a request that reached no route.
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = Json.bytes(json());
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        if (!rule.isEmpty()) {
            json.put("rule", rule);
        }
        return advice.isEmpty() ? json : json.put("advice", advice);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> status >= 500 ? "Internal Server Error" : "Refused";
        };
    }
}
