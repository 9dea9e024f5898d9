package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate.Grpc;
import dev.toolkeep.tool.HttpCall;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's `grpc` template, read and written. `descriptors` (a FileDescriptorSet in base64) has to be there: nobody can
/// write a message whose form is not known.
final class GrpcTemplates {
    private static final int MOST_EVENTS = 100_000;
    private static final int LONGEST_DESCRIPTORS = 1 << 20;
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*){0,30}");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,200}");

    private GrpcTemplates() {}

    /// `use_ssl` is true unless said; `timeout` is in seconds, 30 unless said.
    static Grpc read(JsonNode json) throws Malformed {
        String called = Members.text(json, "service_name");
        String method = Members.text(json, "method_name");
        if (called.length() > 500
                || !SERVICE.matcher(called).matches()
                || !METHOD.matcher(method).matches()) {
            throw new Malformed("service_name and method_name must be names of protocol buffers");
        }
        if (Members.given(json, "descriptors") == null) {
            throw new Malformed(
                    "a grpc template needs the method's descriptors; where the server can be asked for them,"
                            + " an operator adds it as a source of kind grpc");
        }
        String descriptors = descriptors(Members.text(json, "descriptors"));
        Amounts.refuse(json, "target", "is not supported");
        HttpCall request = new HttpCall(
                HttpCall.Method.POST,
                url(json) + "/" + called + "/" + method,
                "application/grpc",
                metadata(json),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                auth(json),
                Amounts.seconds(json, "timeout", HttpTemplates.TIMEOUT));
        return new Grpc(request, descriptors, Amounts.number(json, "max_events", 1, MOST_EVENTS, MOST_EVENTS));
    }

    static void write(Grpc template, ObjectNode json) {
        String url = template.request().url();
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        int method = url.lastIndexOf('/');
        int port = url.lastIndexOf(':', path);
        json.put("call_template_type", "grpc")
                .put("host", url.substring(host, port))
                .put("port", Integer.parseInt(url.substring(port + 1, path)))
                .put("use_ssl", url.startsWith("https:"))
                .put("service_name", url.substring(path + 1, method))
                .put("method_name", url.substring(method + 1))
                .put("descriptors", template.descriptors());
        Members.put(json, "metadata", template.request().headers());
        Auths.write(template.request().auth(), json);
        Amounts.putSeconds(json, "timeout", template.request().timeout());
        json.put("max_events", template.maxEvents());
    }

    /// The same URL for the same place, however it is written.
    private static String url(JsonNode json) throws Malformed {
        int port = Amounts.number(json, "port", 1, 65_535, 50_051);
        String scheme = Amounts.yes(json, "use_ssl", true) ? "https://" : "http://";
        String host = Members.text(json, "host").toLowerCase(Locale.ROOT);
        TargetUrl target = TargetUrl.of(scheme + host + ":" + port + "/");
        if (!target.hostPort().equals(host + ":" + port)) {
            throw new Malformed("host must be a host's name or address and nothing else");
        }
        return scheme + host + ":" + port;
    }

    private static String descriptors(String text) throws Malformed {
        try {
            if (text.length() <= LONGEST_DESCRIPTORS
                    && Base64.getEncoder()
                            .encodeToString(Base64.getDecoder().decode(text))
                            .equals(text)) {
                return text;
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        throw new Malformed("descriptors must be a FileDescriptorSet in base64, at most 1 MiB");
    }

    /// Texts only, under names that are not gRPC's own.
    private static Map<String, String> metadata(JsonNode json) throws Malformed {
        Map<String, String> metadata = Members.textMap(json, "metadata");
        HeaderNames.check("metadata", List.copyOf(metadata.keySet()));
        for (Map.Entry<String, String> one : metadata.entrySet()) {
            String name = one.getKey();
            if (!name.equals(name.toLowerCase(Locale.ROOT))
                    || name.startsWith("grpc-")
                    || name.endsWith("-bin")
                    || name.equals("content-type")) {
                throw new Malformed("metadata may not hold '" + Members.printable(name)
                        + "': names are lower-case, and grpc-*, *-bin and content-type are not set here");
            }
            HeaderNames.checkValue("metadata", one.getValue());
        }
        return metadata;
    }

    private static Auth auth(JsonNode json) throws Malformed {
        Auth auth = Auths.read(json);
        if (auth instanceof Auth.ApiKey key && key.location() != Auth.Location.HEADER) {
            throw new Malformed("the api_key of a grpc template must be in a header");
        }
        return auth;
    }
}
