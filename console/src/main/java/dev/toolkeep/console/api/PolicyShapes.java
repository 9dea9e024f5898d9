package dev.toolkeep.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.admin.PolicyAdmin;
import dev.toolkeep.admin.RuleOrder;
import dev.toolkeep.policy.Allowance;
import dev.toolkeep.policy.Circumstances;
import dev.toolkeep.policy.Effect;
import dev.toolkeep.policy.Explanation;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.policy.Who;
import dev.toolkeep.wire.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The policy as JSON.
final class PolicyShapes {
    private PolicyShapes() {}

    /// Revision 0 where there is none.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PolicyView(
            long revision,
            String yaml,
            @Nullable String by,
            @Nullable String at) {
        static PolicyView of(PolicyText text) {
            return new PolicyView(
                    text.revision(), text.yaml(), text.by(), text.at().toString());
        }
    }

    record History(List<PolicyView> revisions) {}

    record CheckText(String yaml) {
        CheckText {
            Fields.required("yaml", yaml);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Checked(boolean valid, @Nullable String problem) {}

    /// @param expected the revision this text was written over; 0 when there was none
    record SaveText(String yaml, Long expected) {
        SaveText {
            Fields.required("yaml", yaml);
            Fields.required("expected", expected);
        }
    }

    /// One rule; `ids`, `roles` and `scopes` are whose calls it is about, all missing means everybody's.
    record NewRule(
            String effect,
            List<String> tools,
            @Nullable String id,
            List<String> ids,
            List<String> roles,
            List<String> scopes,
            @Nullable String when) {
        NewRule {
            Fields.required("effect", effect);
            tools = Fields.list("tools", Fields.required("tools", tools));
            ids = Fields.list("ids", ids);
            roles = Fields.list("roles", roles);
            scopes = Fields.list("scopes", scopes);
        }

        RuleOrder order() {
            if (tools.isEmpty()) {
                throw Unfit.invalid("tools", "a rule names at least one tool or pattern");
            }
            return new RuleOrder(
                    id == null ? "" : id,
                    Fields.word("effect", effect, Effect.class),
                    new Who(ids, roles, scopes),
                    tools,
                    when == null ? "" : when);
        }
    }

    record Appended(String rule, long revision, String yaml, String by, String at) {
        static Appended of(PolicyAdmin.Appended appended) {
            PolicyText text = appended.text();
            return new Appended(
                    appended.rule(),
                    text.revision(),
                    text.yaml(),
                    text.by(),
                    text.at().toString());
        }
    }

    /// A call to think through; `address` is 127.0.0.1 and `time` now where they are missing.
    record Explain(
            String caller,
            String tool,

            @Schema(types = "object", implementation = Object.class) @Nullable
            JsonNode arguments,

            @Nullable String address,
            @Nullable String time,
            List<String> chain) {
        Explain {
            Fields.required("caller", caller);
            Fields.required("tool", tool);
            chain = Fields.list("chain", chain);
        }

        ObjectNode object() {
            if (arguments == null) {
                return Json.object();
            }
            if (arguments instanceof ObjectNode object) {
                return object;
            }
            throw Unfit.invalid("arguments", "they are an object");
        }

        Circumstances circumstances(Instant now) {
            Instant at = Fields.time("time", time);
            return new Circumstances(at == null ? now : at, address == null ? "127.0.0.1" : address, chain);
        }
    }

    /// @param entry which entry of the policy's limits set it
    record LimitView(
            String entry, int callsPerMinute, int concurrent, String deadline, int requestBytes, int answerBytes) {
        static LimitView of(String entry, Allowance allowance) {
            return new LimitView(
                    entry,
                    allowance.callsPerMinute(),
                    allowance.concurrent(),
                    allowance.deadline().toString(),
                    allowance.requestBytes(),
                    allowance.answerBytes());
        }
    }

    record Considered(String rule, String effect, boolean matched, String why) {}

    record Explained(boolean allowed, String rule, LimitView limit, List<Considered> considered) {
        static Explained of(Explanation explanation) {
            return new Explained(
                    explanation.allowed(),
                    explanation.rule(),
                    LimitView.of(explanation.limit(), explanation.allowance()),
                    explanation.considered().stream()
                            .map(one -> new Considered(one.rule(), one.effect().text(), one.matched(), one.why()))
                            .toList());
        }
    }
}
