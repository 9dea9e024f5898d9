package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep secret …`: values go into the vault and never come out here.
@Command(name = "secret", description = "What the vault holds for sources and tools; values go in and never out.")
final class SecretCommands {
    private final Desk desk;

    SecretCommands(Desk desk) {
        this.desk = desk;
    }

    /// Which secret, and where its value comes from.
    static final class Given {
        @Parameters(index = "0", paramLabel = "NAME", description = "The name in ${NAME}.")
        private String name = "";

        @Parameters(index = "1..*", hidden = true)
        private @Nullable List<String> values;

        @Option(
                names = "--for",
                paramLabel = "GRANT",
                required = true,
                description = "Who may have it filled in: source:NAME or tool:SOURCE.TOOL")
        private String grant = "";

        @Option(names = "--from", paramLabel = "FILE", description = "Read the value from a file.")
        private @Nullable Path from;

        private void requireNoValue() throws Failed {
            if (values != null) {
                throw Failed.usage(
                        "a secret's value is never an argument: everybody on this machine can read arguments",
                        "leave it out: you are asked for it, or pipe it in, or --from FILE; and renew this one");
            }
        }

        private Secret value(Desk desk) throws Failed {
            return SecretInput.read(desk, from == null ? null : desk.path(from), name);
        }
    }

    @Command(
            name = "set",
            description = {
                "Sets a secret for one source or one tool. Asks for the value without showing it, or reads it from",
                "standard input or a file; one line end after it is not part of it."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep secret set PETS_KEY --for source:petstore",
                "  toolkeep secret set PETS_KEY --for tool:petstore.add-pet --from pets.key"
            })
    int set(@Mixin Asked asked, @Mixin Given given) throws Failed {
        given.requireNoValue();
        try (AdminApi api = desk.admin(asked);
                Secret value = given.value(desk)) {
            return put(api, asked, given, value);
        }
    }

    @Command(
            name = "rotate",
            description = "Sets a secret that is there anew. The next call uses the new value.",
            footer = {"", "Example:", "  toolkeep secret rotate PETS_KEY --for source:petstore --from pets.key"})
    int rotate(@Mixin Asked asked, @Mixin Given given) throws Failed {
        given.requireNoValue();
        try (AdminApi api = desk.admin(asked)) {
            boolean there = api.get("/secrets")
                    .path("secrets")
                    .valueStream()
                    .anyMatch((JsonNode one) -> Fields.text(one, "name").equals(given.name)
                            && Fields.text(one, "grant").equals(given.grant));
            if (!there) {
                throw Failed.with(
                        "not_found",
                        "there is no secret " + given.name + " for " + given.grant,
                        "see `toolkeep secret list`, or `toolkeep secret set` a new one");
            }
            try (Secret value = given.value(desk)) {
                return put(api, asked, given, value);
            }
        }
    }

    private int put(AdminApi api, Asked asked, Given given, Secret value) throws Failed {
        ObjectNode answer = api.put(
                "/secrets",
                Json.object().put("name", given.name).put("grant", given.grant).put("value", value.reveal()));
        boolean replaced = answer.path("replaced").booleanValue(false);
        return desk.show(
                asked,
                answer,
                page -> page.line(
                        "secret " + given.name + " for " + given.grant + " is " + (replaced ? "set anew" : "set")));
    }

    @Command(
            name = "list",
            description = "Which secrets there are, and for what.",
            footer = {"", "Example:", "  toolkeep secret list"})
    int list(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/secrets");
            return desk.show(asked, answer, page -> listed(answer, page));
        }
    }

    private static void listed(ObjectNode answer, Page page) {
        if (answer.path("secrets").isEmpty()) {
            page.line("no secrets");
            return;
        }
        Page.Table table = page.table("SECRET", "FOR", "SET");
        for (JsonNode secret : answer.path("secrets")) {
            table.row(Fields.text(secret, "name"), Fields.text(secret, "grant"), Fields.text(secret, "created"));
        }
        table.end();
    }

    @Command(
            name = "remove",
            description = "Removes a secret for good.",
            footer = {"", "Example:", "  toolkeep secret remove PETS_KEY --for source:petstore"})
    int remove(
            @Mixin Asked asked,
            @Parameters(paramLabel = "NAME", description = "The secret.") String name,
            @Option(
                            names = "--for",
                            paramLabel = "GRANT",
                            required = true,
                            description = "source:NAME or tool:SOURCE.TOOL")
                    String grant)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.delete("/secrets", Map.of("name", name, "grant", grant));
            return desk.show(asked, answer, page -> page.line("secret " + name + " for " + grant + " is removed"));
        }
    }
}
