package dev.toolkeep.testkit.contract;

import dev.toolkeep.policy.MemoryPolicies;
import dev.toolkeep.policy.Policies;

class MemoryPoliciesTest extends PoliciesContract {
    @Override
    protected Policies open() {
        return new MemoryPolicies();
    }
}
