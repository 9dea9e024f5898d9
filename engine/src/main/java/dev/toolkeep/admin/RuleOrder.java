package dev.toolkeep.admin;

import dev.toolkeep.policy.Effect;
import dev.toolkeep.policy.Who;
import java.util.List;

/// One rule to append to the policy. An empty `id` means one is made; an empty `when` means no condition.
public record RuleOrder(String id, Effect effect, Who callers, List<String> tools, String when) {
    public RuleOrder {
        tools = List.copyOf(tools);
    }
}
