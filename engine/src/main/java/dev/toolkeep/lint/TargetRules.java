package dev.toolkeep.lint;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Where a call goes, how safely, and what it reads on the way.
final class TargetRules {
    private static final Set<String> REMOTE =
            Set.of("http", "sse", "streamable_http", "http_stream", "websocket", "graphql");
    private static final Set<String> OFF_WHEN_FALSE = Set.of(
            "verifyssl",
            "sslverify",
            "verify",
            "verifytls",
            "tlsverify",
            "checkhostname",
            "rejectunauthorized",
            "strictssl",
            "usessl",
            "usetls");
    private static final Set<String> OFF_WHEN_TRUE = Set.of(
            "insecure",
            "insecureskipverify",
            "skiptlsverify",
            "skipverify",
            "allowinsecure",
            "trustall",
            "gitsslnoverify");

    private final Report report;

    TargetRules(Report report) {
        this.report = report;
    }

    void template(JsonNode template, String type, String place) {
        Tree.walk(template, place, spot -> {
            tls(spot.name(), spot.value(), spot.place());
            if (spot.text().isEmpty()) {
                return;
            }
            if (urlName(spot.name())) {
                url(spot.text(), spot.place());
            } else if (spot.name().equals("file_path")) {
                report.add(Rule.READS_FILE, spot.place(), "it reads a file by its path");
            }
        });
        if (type.equals("tcp") || type.equals("udp") || type.equals("grpc")) {
            socket(template, type, place);
        }
        if (REMOTE.contains(type)) {
            auth(template, place);
        }
    }

    private static boolean urlName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("url") || lower.endsWith("_endpoint") || lower.equals("signaling_server");
    }

    private void url(String url, String place) {
        Target target = Target.of(url);
        if (target.open()) {
            report.add(Rule.CHOSEN_HOST, place, "its scheme, host or port is a placeholder");
            return;
        }
        if (!target.userInfo().isEmpty()) {
            report.add(Rule.URL_CREDENTIAL, place, "it holds user information");
        }
        if (!target.web()) {
            report.add(Rule.STRANGE_URL, place, "it is no absolute URL of http, https, ws or wss");
            return;
        }
        Target.Place where = host(target, place);
        if (!target.encrypted() && where != Target.Place.LOOPBACK) {
            report.add(Rule.PLAIN_HTTP, place, "it uses insecure " + target.scheme());
        }
    }

    private Target.Place host(Target target, String place) {
        Target.Place where = target.place();
        switch (where) {
            case PUBLIC -> {}
            case LOOPBACK -> report.add(Rule.LOOPBACK_HOST, place, "it points at the caller's own machine");
            case PRIVATE -> report.add(Rule.PRIVATE_HOST, place, "it points into a private network");
            case METADATA -> report.add(Rule.METADATA_HOST, place, "it points at a cloud metadata service");
            case ODD -> report.add(Rule.ODD_HOST, place, "its host is written in an unusual way");
        }
        return where;
    }

    private void socket(JsonNode template, String type, String place) {
        String host = Tree.text(template, "host");
        if (host.isEmpty()) {
            return;
        }
        String inner = Tree.at(place, "host");
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        Target target = new Target(type, "", bracketed);
        if (target.open()) {
            report.add(Rule.CHOSEN_HOST, inner, "its host is a placeholder");
            return;
        }
        if (host(target, inner) != Target.Place.LOOPBACK && !type.equals("grpc")) {
            report.add(Rule.PLAIN_HTTP, inner, "it speaks " + type + " without encryption");
        }
    }

    private void tls(String name, JsonNode value, String place) {
        String plain = plain(name);
        boolean no = value.isBoolean()
                ? !value.booleanValue()
                : text(value).equals("false") || text(value).equals("0");
        boolean yes = value.isBoolean()
                ? value.booleanValue()
                : text(value).equals("true") || text(value).equals("1");
        boolean env = (plain.equals("nodetlsrejectunauthorized") || plain.equals("pythonhttpsverify")) && no;
        if ((no && OFF_WHEN_FALSE.contains(plain)) || (yes && OFF_WHEN_TRUE.contains(plain)) || env) {
            report.add(Rule.TLS_OFF, place, "certificates are not checked");
        }
    }

    private static String text(JsonNode value) {
        return value.isString()
                ? value.stringValue().toLowerCase(Locale.ROOT)
                : value.isNumber() ? value.asString() : "";
    }

    private void auth(JsonNode template, String place) {
        JsonNode auth = template.get("auth");
        String type = auth == null ? "" : Tree.text(auth, "auth_type");
        if (type.equals("basic")) {
            report.add(Rule.BASIC_AUTH, Tree.at(place, "auth"), "it sends a password with every call");
        }
        Target target = Target.of(Tree.text(template, "url"));
        boolean elsewhere = target.web() && target.place() != Target.Place.LOOPBACK;
        if (elsewhere && (type.isEmpty() || type.equals("none")) && !credentialHeader(template)) {
            report.add(Rule.NO_AUTH, place, "it calls another machine without proving who calls");
        }
    }

    private static boolean credentialHeader(JsonNode template) {
        JsonNode headers = template.get("headers");
        return headers != null && headers.propertyNames().stream().anyMatch(CredentialRules::secretName);
    }

    /// A member's name as it sounds: lower-case letters and digits alone.
    static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length() && plain.length() < 100; i++) {
            char c = name.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }
}
