package dev.toolkeep.console.api;

import dev.toolkeep.admin.AgentAdmin;
import dev.toolkeep.admin.Operator;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who may call or administer, and with which keys.
@RestController
@RequestMapping("/api/v1/agents")
public class AgentsApi {
    private final AgentAdmin agents;
    private final InstantSource clock;

    public AgentsApi(AgentAdmin agents, InstantSource clock) {
        this.agents = agents;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Every caller, with what is kept of its keys")
    AgentShapes.AgentList list() {
        Instant now = clock.instant();
        return new AgentShapes.AgentList(agents.list().stream()
                .map(state -> AgentShapes.AgentView.of(state, now))
                .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a caller; it has no key yet")
    AgentShapes.AgentView add(@Parameter(hidden = true) Operator by, @RequestBody AgentShapes.NewAgent order)
            throws Refused {
        return AgentShapes.AgentView.of(agents.add(by, order.caller()), clock.instant());
    }

    @PutMapping("/{id}")
    @Operation(summary = "Gives a caller other roles and scopes")
    AgentShapes.AgentView change(
            @Parameter(hidden = true) Operator by,
            @PathVariable("id") String id,
            @RequestBody AgentShapes.Rights rights)
            throws Refused {
        return AgentShapes.AgentView.of(
                agents.change(by, id, new HashSet<>(rights.roles()), new HashSet<>(rights.scopes())), clock.instant());
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Removes a caller; its keys are refused at once")
    SourceShapes.Removed remove(@Parameter(hidden = true) Operator by, @PathVariable("id") String id) throws Refused {
        agents.remove(by, id);
        return new SourceShapes.Removed(id);
    }

    @PostMapping("/{id}/keys")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Mints a key; its text is in this answer only")
    AgentShapes.MintedKey mint(
            @Parameter(hidden = true) Operator by, @PathVariable("id") String id, @RequestBody AgentShapes.NewKey order)
            throws Refused {
        return AgentShapes.MintedKey.of(agents.mint(by, id, Fields.time("expires", order.expires())));
    }

    @DeleteMapping("/{id}/keys/{key}")
    @Operation(summary = "Revokes a key at once and for good")
    AgentShapes.AgentView revoke(
            @Parameter(hidden = true) Operator by, @PathVariable("id") String id, @PathVariable("key") String key)
            throws Refused {
        return AgentShapes.AgentView.of(agents.revoke(by, id, key), clock.instant());
    }
}
