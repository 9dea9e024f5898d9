package dev.toolkeep.policy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.policy.Policy.CompiledRule;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictYaml;
import dev.toolkeep.wire.YamlLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a policy's YAML text into a [Policy], whole or not at all.
final class PolicyReader {
    private static final Bounds BOUNDS = new Bounds(1 << 20, 16, 16_000, 20);
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB)");

    private final Conditions conditions = new Conditions();
    private final Map<String, Integer> lineById = new HashMap<>();

    Policy read(String yaml) throws Malformed {
        byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
        JsonNode document = StrictYaml.parse(text, BOUNDS);
        Section root = Section.root(document, YamlLines.of(text)).only("rules", "limits");
        if (!root.has("rules")) {
            throw new Malformed("`rules` is missing; `rules: []` allows nothing");
        }
        List<CompiledRule> rules = new ArrayList<>();
        for (Section section : root.sections("rules", "rule")) {
            rules.add(rule(section));
        }
        List<Limit> limits = new ArrayList<>();
        for (Section section : root.sections("limits", "limit")) {
            limits.add(limit(section));
        }
        List<Rule> written = rules.stream().map(CompiledRule::rule).toList();
        return new Policy(new Summary(written, limits), rules);
    }

    private CompiledRule rule(Section given) throws Malformed {
        Section section = given.only("id", "effect", "callers", "tools", "when");
        String id = section.text("id");
        if (!ID.matcher(id).matches() || id.equals(Policy.NO_RULE)) {
            throw section.at("id", "`id` must be 1-64 of a-z 0-9 - and not " + Policy.NO_RULE);
        }
        section = section.named("rule " + id);
        Integer before = lineById.putIfAbsent(id, section.line());
        if (before != null) {
            throw section.at("id", "the id is taken by the rule at line " + before);
        }
        Effect effect = effect(section);
        String when = section.has("when") ? section.text("when") : "";
        Rule rule = new Rule(id, effect, who(section), tools(section), when, section.line());
        return new CompiledRule(rule, condition(section, when));
    }

    private @Nullable Condition condition(Section section, String when) throws Malformed {
        if (when.isEmpty()) {
            return null;
        }
        try {
            return conditions.compile(when);
        } catch (Malformed e) {
            throw section.at("when", "`when`: " + e.getMessage());
        }
    }

    private static Effect effect(Section section) throws Malformed {
        return switch (section.text("effect")) {
            case "allow" -> Effect.ALLOW;
            case "deny" -> Effect.DENY;
            default -> throw section.at("effect", "`effect` must be allow or deny");
        };
    }

    private static Who who(Section section) throws Malformed {
        Section callers = section.section("callers");
        if (callers == null) {
            return Who.EVERYBODY;
        }
        callers.only("ids", "roles", "scopes");
        List<String> ids = callers.texts("ids");
        for (String id : ids) {
            if (!Caller.validId(id)) {
                throw callers.at("ids", "a caller's id is 1-64 of a-z 0-9 _ - . (no patterns)");
            }
        }
        return new Who(ids, callers.texts("roles"), callers.texts("scopes"));
    }

    private static List<ToolPattern> tools(Section section) throws Malformed {
        List<ToolPattern> patterns = new ArrayList<>();
        for (String text : section.texts("tools")) {
            try {
                patterns.add(new ToolPattern(text));
            } catch (IllegalArgumentException e) {
                throw section.at("tools", "`tools`: " + e.getMessage());
            }
        }
        if (patterns.isEmpty()) {
            throw section.at("tools", "`tools` is missing; [\"*\"] means every tool");
        }
        return patterns;
    }

    private static Limit limit(Section section) throws Malformed {
        section.only(
                "tools", "callers", "callsPerMinute", "concurrent", "deadline", "requestBytes", "answerBytes", "asks");
        Allowance base = Allowance.DEFAULT;
        Allowance allowance = new Allowance(
                number(section, "callsPerMinute", base.callsPerMinute(), Allowance.MOST_CALLS),
                number(section, "concurrent", base.concurrent(), Allowance.MOST_CONCURRENT),
                deadline(section, base.deadline()),
                size(section, "requestBytes", base.requestBytes()),
                size(section, "answerBytes", base.answerBytes()),
                asks(section));
        return new Limit(who(section), tools(section), allowance, section.line());
    }

    private static Set<String> asks(Section section) throws Malformed {
        Set<String> asks = new TreeSet<>(section.texts("asks"));
        if (!Allowance.ASKS.containsAll(asks)) {
            throw section.at("asks", "`asks` lists what tools may ask callers for: elicitation, sampling, roots");
        }
        return asks;
    }

    private static int number(Section section, String key, int absent, int most) throws Malformed {
        JsonNode value = section.value(key);
        if (value == null) {
            return absent;
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
            throw section.at(key, "`" + key + "` must be a whole number from 1 to " + most);
        }
        return value.intValue();
    }

    private static Duration deadline(Section section, Duration absent) throws Malformed {
        if (!section.has("deadline")) {
            return absent;
        }
        Matcher form = DURATION.matcher(section.text("deadline"));
        if (form.matches()) {
            long amount = Long.parseLong(form.group(1));
            Duration deadline = switch (form.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (deadline.isPositive() && deadline.compareTo(Allowance.LONGEST) <= 0) {
                return deadline;
            }
        }
        throw section.at("deadline", "`deadline` must be 1ms to 1h, such as 500ms, 10s or 2m");
    }

    private static int size(Section section, String key, int absent) throws Malformed {
        JsonNode value = section.value(key);
        if (value == null) {
            return absent;
        }
        Matcher form = SIZE.matcher(value.isString() ? value.stringValue() : "");
        long bytes = value.isInt() ? value.intValue() : form.matches() ? scaled(form) : 0;
        if (bytes < 1 || bytes > Allowance.MOST_BYTES) {
            throw section.at(key, "`" + key + "` must be 1 to 256MiB, such as 64KiB or 4MiB (or a number of bytes)");
        }
        return (int) bytes;
    }

    private static long scaled(Matcher form) {
        return Long.parseLong(form.group(1))
                << switch (form.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    default -> 0;
                };
    }
}
