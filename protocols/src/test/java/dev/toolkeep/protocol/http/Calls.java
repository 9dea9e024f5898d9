package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Templates and dispatches, with everything ordinary filled in.
final class Calls {
    private Calls() {}

    static CallTemplate.Http get(String url) {
        return new CallTemplate.Http(
                HttpCall.Method.GET, url, "application/json", Map.of(), null, List.of(), new Auth.None(), limit());
    }

    static CallTemplate.Http with(CallTemplate.Http t, Auth auth) {
        HttpCall r = t.request();
        return new CallTemplate.Http(
                new HttpCall(
                        r.method(),
                        r.url(),
                        r.contentType(),
                        r.headers(),
                        r.query(),
                        r.body(),
                        r.headerFields(),
                        auth,
                        r.timeout()),
                t.followRedirects());
    }

    static CallTemplate.Http with(CallTemplate.Http t, Map<String, String> headers, String... headerFields) {
        HttpCall r = t.request();
        return new CallTemplate.Http(
                new HttpCall(
                        r.method(),
                        r.url(),
                        r.contentType(),
                        headers,
                        r.query(),
                        r.body(),
                        List.of(headerFields),
                        r.auth(),
                        r.timeout()),
                t.followRedirects());
    }

    static CallTemplate.Http post(String url, String contentType) {
        return new CallTemplate.Http(
                HttpCall.Method.POST, url, contentType, Map.of(), "body", List.of(), new Auth.None(), limit());
    }

    static Dispatch dispatch(CallTemplate template, String arguments, Secrets secrets, Reach reach) {
        return dispatch(template, arguments, secrets, reach, Duration.ofSeconds(10), 100_000);
    }

    static Dispatch dispatch(
            CallTemplate template, String arguments, Secrets secrets, Reach reach, Duration timeout, int answerBytes) {
        return new Dispatch(
                "source",
                template,
                json(arguments),
                secrets,
                reach,
                timeout,
                answerBytes,
                "req-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Runnable::run,
                Progress.ignored(),
                new Withdrawal());
    }

    static ObjectNode json(String text) {
        try {
            return StrictJson.object(text.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static Duration limit() {
        return Duration.ofSeconds(30);
    }
}
