package dev.toolkeep.lint;

import com.google.re2j.Pattern;
import dev.toolkeep.secret.Placeholders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Credentials written out where only `${NAME}` may stand: by the name of the place that holds them, and by the
/// form keys are known to have, wherever they are.
final class CredentialRules {
    private static final Set<String> SECRET = Set.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "privatekey",
            "authorization",
            "credential",
            "cookie",
            "sessionid",
            "subscriptionkey",
            "xauth",
            "bearer",
            "signingkey");
    private static final Set<String> HARMLESS_ENDING = Set.of(
            "url",
            "uri",
            "endpoint",
            "type",
            "name",
            "path",
            "file",
            "header",
            "field",
            "location",
            "expiry",
            "expires");
    private static final Set<String> HARMLESS = Set.of("maxtokens", "tokens", "tokencount", "tokenlimit");
    /// Names too short to mean a secret anywhere but in a URL.
    private static final Set<String> QUERY_SECRET = Set.of("key", "auth", "sig", "pwd", "pass");

    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "apikey", "digest", "key");

    /// Forms that well-known issuers give their keys, and PEM private keys.
    private static final Pattern KNOWN = Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{30,}"
            + "|\\bgithub_pat_[A-Za-z0-9_]{30,}|\\bglpat-[A-Za-z0-9_-]{16,}|\\bsk-[A-Za-z0-9_-]{20,}"
            + "|\\bsk_live_[A-Za-z0-9]{16,}|\\bxox[abprs]-[A-Za-z0-9-]{10,}|\\bAIza[0-9A-Za-z_-]{35}"
            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}"
            + "|\\btk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----");
    private static final Pattern SCHEME_AND_VALUE =
            Pattern.compile("(?i)\\b(?:bearer|basic)\\s+[A-Za-z0-9._~+/=-]{12,}");
    private static final Pattern ARGUMENT = Pattern.compile("\\{[^{}]{1,128}\\}|UTCP_ARG_.{1,128}?_UTCP_(?:END|ARG)");
    private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9_+/=-]{16,}");
    private static final Pattern SWITCH = Pattern.compile("(?i)(?:^|\\s)--?([a-z0-9_-]{1,60})(?:=|\\s+)([^\\s'\"]+)");
    private static final Pattern QUERY = Pattern.compile("[?&;]([^=&;#]{1,100})=([^&;#]+)");
    private static final Pattern STRANGE =
            Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*|\\$\\{[^{}]{0,100}\\}|\\{\\{[^{}]{1,100}\\}\\}");

    /// The members of a tool that are call templates.
    static final List<String> TEMPLATES = List.of("tool_call_template", "tool_provider", "provider");

    private final Report report;

    CredentialRules(Report report) {
        this.report = report;
    }

    /// Everything of one template, and of what a manual says beside its tools.
    void template(JsonNode template, String type, String place) {
        Tree.walk(template, place, spot -> {
            switches(spot.value(), spot.place());
            text(spot.name(), spot.text(), spot.place(), type);
        });
    }

    /// The rest of a tool: only what has the form of a key.
    void tool(JsonNode tool, String place) {
        for (Map.Entry<String, JsonNode> member : tool.properties()) {
            if (!TEMPLATES.contains(member.getKey())) {
                String inner = Tree.at(place, member.getKey());
                JsonNode value = member.getValue();
                known(value.isString() ? value.stringValue() : "", inner);
                Tree.walk(value, inner, spot -> known(spot.text(), spot.place()));
            }
        }
    }

    private boolean known(String text, String place) {
        boolean found = KNOWN.matcher(text).find();
        if (found) {
            report.add(Rule.LITERAL_CREDENTIAL, place, "it holds something of the form of a key");
        }
        return found;
    }

    private void text(String name, String text, String place, String type) {
        if (text.isEmpty() || known(text, place)) {
            return;
        }
        boolean told = name.equals("content") && type.equals("text");
        if (secretName(name) && literal(text)) {
            report.add(Rule.LITERAL_CREDENTIAL, place, "it may hold a credential written out");
        } else if (!told && (SCHEME_AND_VALUE.matcher(text).find() || spelled(text, QUERY) || spelled(text, SWITCH))) {
            report.add(Rule.LITERAL_CREDENTIAL, place, "it holds a credential written out");
        } else if (!told && !type.equals("cli") && strange(text)) {
            report.add(Rule.STRANGE_VARIABLE, place, "it looks like a variable and is none that UTCP fills in");
        }
    }

    /// `name=value` or `--name value` inside a text.
    @SuppressWarnings("ReferenceEquality") // a pattern is the very one or another
    private static boolean spelled(String text, Pattern pairs) {
        var found = pairs.matcher(text);
        while (found.find()) {
            boolean named = secretName(found.group(1))
                    || (pairs == QUERY && QUERY_SECRET.contains(TargetRules.plain(found.group(1))));
            if (named && literal(found.group(2))) {
                return true;
            }
        }
        return false;
    }

    /// `["--token", "value"]`.
    private void switches(JsonNode list, String place) {
        for (int i = 0; list.isArray() && i + 1 < list.size(); i++) {
            JsonNode name = list.get(i);
            JsonNode value = list.get(i + 1);
            if (name.isString()
                    && value.isString()
                    && name.stringValue().startsWith("-")
                    && !value.stringValue().startsWith("-")
                    && secretName(name.stringValue())
                    && literal(value.stringValue())) {
                report.add(Rule.LITERAL_CREDENTIAL, Tree.at(place, i + 1), "it holds a credential written out");
            }
        }
    }

    /// Whether what stands under this name is a secret.
    static boolean secretName(String name) {
        String plain = TargetRules.plain(name);
        return !HARMLESS.contains(plain)
                && HARMLESS_ENDING.stream().noneMatch(plain::endsWith)
                && SECRET.stream().anyMatch(plain::contains);
    }

    /// Whether `text` is more than placeholders and the word that says how they are used.
    private static boolean literal(String text) {
        if (text.matches("\\$[A-Za-z_][A-Za-z0-9_]*")) {
            return false; // reported as a strange variable
        }
        boolean filled =
                !Placeholders.names(text).isEmpty() || ARGUMENT.matcher(text).find();
        String rest = ARGUMENT.matcher(Placeholders.fill(text, name -> ""))
                .replaceAll("")
                .strip();
        if (filled) {
            return LONG_RUN.matcher(rest).find();
        }
        return !rest.isEmpty() && !SCHEMES.contains(rest.toLowerCase(Locale.ROOT));
    }

    private static boolean strange(String text) {
        var found = STRANGE.matcher(Placeholders.fill(text, name -> ""));
        return text.length() <= 10_000 && found.find() && !text.startsWith("$ref");
    }
}
