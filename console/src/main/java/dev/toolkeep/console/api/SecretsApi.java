package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.SecretAdmin;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The vault's door for values going in. None comes out.
@RestController
@RequestMapping("/api/v1/secrets")
public class SecretsApi {
    private final SecretAdmin secrets;

    public SecretsApi(SecretAdmin secrets) {
        this.secrets = secrets;
    }

    /// @param grant `source:NAME` or `tool:SOURCE.TOOL`
    record NewSecret(
            String name,
            String grant,

            @Schema(type = "string", format = "password", implementation = String.class)
            Secret value) {
        NewSecret {
            Fields.required("name", name);
            Fields.required("grant", grant);
            Fields.required("value", value);
        }
    }

    record SecretView(String name, String grant, String created) {}

    record SecretList(List<SecretView> secrets) {}

    record SecretSet(String name, String grant, String created, boolean replaced) {}

    @GetMapping
    @Operation(summary = "Which secrets there are, and for what; never a value")
    SecretList list() {
        return new SecretList(secrets.list().stream()
                .map(kept ->
                        new SecretView(kept.name(), kept.grant(), kept.created().toString()))
                .toList());
    }

    @PutMapping
    @Operation(summary = "Sets or rotates a secret of one source or tool")
    SecretSet set(@Parameter(hidden = true) Operator by, @RequestBody NewSecret order) throws Refused {
        try (Secret value = order.value()) {
            SecretAdmin.Outcome outcome = secrets.set(by, order.name(), order.grant(), value);
            SecretAdmin.Kept kept = outcome.kept();
            return new SecretSet(kept.name(), kept.grant(), kept.created().toString(), outcome.replaced());
        }
    }

    @DeleteMapping
    @Operation(summary = "Removes a secret")
    SourceShapes.Removed remove(
            @Parameter(hidden = true) Operator by,
            @RequestParam("name") String name,
            @RequestParam("grant") String grant)
            throws Refused {
        secrets.remove(by, name, grant);
        return new SourceShapes.Removed(name);
    }
}
