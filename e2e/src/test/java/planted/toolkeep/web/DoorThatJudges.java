package planted.toolkeep.web;

import dev.toolkeep.admin.ToolAdmin;
import dev.toolkeep.policy.Policy;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.vault.Vault;

record DoorThatJudges(Policy policy, Vault vault, ToolAdmin admin, Egress egress) {}
