package dev.toolkeep.start;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.Choice;
import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.ToolQuery;
import dev.toolkeep.call.Keep;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What an empty store is given, so that a first call works at once: the built-in toolset approved, an operator and an
/// agent with a key file each, and a policy that lets role `agent` call `keep.*`.
///
/// The policy comes last and is never removed, so a store that has one is left alone: what an operator took away stays
/// away. A first start that was cut short is finished by the next.
final class FirstStart {
    private static final String POLICY = """
            # Who may call what. No rule means no. A deny rule beats every allow rule.
            rules:
              - id: keep-for-agents
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*"]
            """;

    private final AdminRooms rooms;
    private final Path folder;

    FirstStart(AdminRooms rooms, Path folder) {
        this.rooms = rooms;
        this.folder = folder;
    }

    void make() throws Refused, IOException {
        rooms.sources().addBuiltin(Keep.SOURCE);
        if (rooms.policy().show().map(PolicyText::revision).orElse(0L) > 0) {
            return;
        }
        approveBuiltin();
        key(Caller.of("operator", Caller.Kind.OPERATOR, Set.of(), Set.of()), folder.resolve(DataFolder.OPERATOR_TOKEN));
        key(Caller.of("agent", Caller.Kind.AGENT, Set.of("agent"), Set.of()), folder.resolve(DataFolder.AGENT_KEY));
        rooms.policy().save(Operator.program(), POLICY, 0);
    }

    private void approveBuiltin() throws Refused {
        List<Choice> choices = rooms
                .tools()
                .list(new ToolQuery(null, Keep.SOURCE, Standing.Status.PENDING, false, "", 1000))
                .tools()
                .stream()
                .map(tool -> new Choice(
                        tool.name(), Objects.requireNonNull(tool.standing().offered())))
                .toList();
        if (!choices.isEmpty()) {
            rooms.tools().approve(Operator.program(), choices, null, false);
        }
    }

    private void key(Caller caller, Path file) throws Refused, IOException {
        boolean there = rooms.agents().list().stream()
                .anyMatch(state -> state.caller().id().equals(caller.id()));
        if (!there) {
            rooms.agents().add(Operator.program(), caller);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Minted minted = rooms.agents().mint(Operator.program(), caller.id(), null);
        try (Secret key = minted.key()) {
            SecretFile.write(file, key);
        }
    }
}
