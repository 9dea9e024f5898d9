package dev.toolkeep.testkit.contract;

import dev.toolkeep.policy.Policies;
import dev.toolkeep.policy.MemoryPolicies;

class MemoryPoliciesTest extends PoliciesContract {
    @Override
    protected Policies open() {
        return new MemoryPolicies();
    }
}
