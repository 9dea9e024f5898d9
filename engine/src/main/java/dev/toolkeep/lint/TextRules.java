package dev.toolkeep.lint;

import com.google.re2j.Pattern;
import dev.toolkeep.registry.HiddenText;
import dev.toolkeep.registry.LookAlikes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a model is told: hidden characters, and text that gives it orders. Names of members are read too.
final class TextRules {
    private static final int LONGEST = 20_000;

    /// Each with what it is, in words; all found in published attacks on tool descriptions.
    private static final List<Order> ORDERS = List.of(
            order(
                    "sets other instructions aside",
                    "\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,40}\\b(?:previous|prior|above|earlier"
                            + "|all|other|any|system|your)\\b.{0,40}\\b(?:instruction|prompt|rule|message|direction"
                            + "|guideline|polic(?:y|ie)|restriction)s?\\b"),
            order(
                    "asks to keep something from people",
                    "\\b(?:do not|don't|never|without|avoid)\\b.{0,30}\\b(?:tell|telling|mention|mentioning"
                            + "|inform|informing|reveal|revealing|show|showing|notify|notifying|ask|asking|alert"
                            + "|alerting|confirm|confirming)\\b.{0,40}\\b(?:users?|humans?|people|person|anyone|them"
                            + "|operators?)\\b"),
            order(
                    "pretends to be a system message",
                    "<\\s*/?\\s*(?:important|system|instructions?|secret|assistant|hidden|admin)\\s*>"
                            + "|\\[/?(?:system|inst|important)\\]|\\bsystem prompt\\b"
                            + "|<\\|(?:im_start|im_end|system)\\|>"),
            order(
                    "gives the model an order",
                    "\\b(?:you must|you should always|always|be sure to)\\b (?:first |also |then |always )?"
                            + "(?:call|use|run|invoke|read|send|include|pass|append|attach|forward|execute)\\b"
                            + "|\\b(?:before|instead of) (?:using|calling|invoking) (?:this|any|another|other|the)\\b"
                            + ".{0,40}\\btools?\\b"),
            order(
                    "names files that hold credentials",
                    "~/\\.(?:ssh|aws|config|cursor|kube|gnupg|netrc|docker|npmrc)\\b|\\bid_(?:rsa|ed25519)\\b"
                            + "|/etc/(?:passwd|shadow)\\b|\\bmcp\\.json\\b|\\.aws/credentials\\b"),
            order("hides text in markup or sends it away by an image", "<!--|!\\[[^\\]]*\\]\\(\\s*https?://"));

    private final Report report;

    TextRules(Report report) {
        this.report = report;
    }

    /// The texts of one tool: all but its template, of which only what a `text` template answers is told to a model.
    void tool(JsonNode tool, String place) {
        for (Map.Entry<String, JsonNode> member : tool.properties()) {
            String name = member.getKey();
            String inner = Tree.at(place, name);
            text(name, inner);
            if (CredentialRules.TEMPLATES.contains(name)) {
                hiddenOnly(member.getValue(), inner);
                text(Tree.text(member.getValue(), "content"), Tree.at(inner, "content"));
            } else {
                text(member.getValue().isString() ? member.getValue().stringValue() : "", inner);
                read(member.getValue(), inner);
            }
        }
        mixed(Tree.text(tool, "name"), Tree.at(place, "name"));
        mixed(Tree.text(tool, "title"), Tree.at(place, "title"));
    }

    /// Every name and text below `node`.
    void read(JsonNode node, String place) {
        Tree.walk(node, place, spot -> {
            text(spot.item() ? "" : spot.name(), spot.place());
            text(spot.text(), spot.place());
        });
    }

    private void hiddenOnly(JsonNode template, String place) {
        Tree.walk(template, place, spot -> {
            hidden(spot.item() ? "" : spot.name(), spot.place());
            hidden(spot.text(), spot.place());
        });
    }

    private void text(String text, String place) {
        if (text.isEmpty()) {
            return;
        }
        String judged = text;
        if (text.length() > LONGEST) {
            report.add(Rule.LONG_TEXT, place, "a text of " + text.length() + " characters");
            judged = text.substring(0, LONGEST);
        }
        hidden(judged, place);
        for (Order order : ORDERS) {
            if (order.pattern().matcher(judged).find()) {
                report.add(Rule.INSTRUCTION_TEXT, place, "it " + order.words());
                return;
            }
        }
    }

    private void hidden(String text, String place) {
        Optional<String> found = HiddenText.in(text);
        found.ifPresent(what -> report.add(Rule.HIDDEN_TEXT, place, what));
    }

    private void mixed(String name, String place) {
        if (LookAlikes.mixed(name).isPresent()) {
            report.add(Rule.LOOK_ALIKE, place, "it mixes the letters of two scripts");
        }
    }

    private record Order(String words, Pattern pattern) {}

    private static Order order(String words, String pattern) {
        return new Order(words, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }
}
