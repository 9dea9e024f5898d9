package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep agent key …`: keys that callers prove themselves with.
@Command(name = "key", description = "A caller's keys.")
final class AgentKeyCommands {
    private final Desk desk;

    AgentKeyCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "add",
            description = {
                "Makes a key for a caller. It is shown this once: on standard output, alone on its line,",
                "or written into a new file that only you can read."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep agent key add support-bot --expires 90d --out support-bot.key",
                "  toolkeep agent key add support-bot --json"
            })
    int add(
            @Mixin Asked asked,
            @Parameters(paramLabel = "ID", description = "The caller.") String id,
            @Option(
                            names = "--expires",
                            paramLabel = "WHEN",
                            defaultValue = "",
                            description = "90d, 12h, 2w or a time; without it, until revoked.")
                    String expires,
            @Option(names = "--out", paramLabel = "FILE", description = "Write it here (mode 0600), not to the screen.")
                    @Nullable
                    Path out)
            throws Failed {
        String until = Expiry.at("--expires", expires, desk.now());
        ObjectNode order = until.isEmpty() ? Json.object() : Json.object().put("expires", until);
        if (out == null) {
            try (AdminApi api = desk.admin(asked)) {
                ObjectNode answer = api.post("/agents" + AdminApi.segment(id) + "/keys", order);
                desk.note("key " + Fields.text(answer, "id") + " of " + id + ": keep it, it is not shown again");
                return desk.show(asked, answer, page -> page.line(Fields.text(answer, "key")));
            }
        }
        return intoFile(asked, id, desk.path(out), order);
    }

    /// The file is made before the key, so that no key is made which could not be kept.
    private int intoFile(Asked asked, String id, Path file, ObjectNode order) throws Failed {
        try (FileChannel out = NewFile.create(file)) {
            boolean written = false;
            try (AdminApi api = desk.admin(asked)) {
                ObjectNode answer = api.post("/agents" + AdminApi.segment(id) + "/keys", order);
                String key = Fields.text(answer, "key") + "\n";
                Channels.newOutputStream(out).write(key.getBytes(StandardCharsets.US_ASCII));
                out.force(true);
                written = true;
                answer.remove("key");
                answer.put("file", file.toString());
                return desk.show(
                        asked,
                        answer,
                        page -> page.line("key " + Fields.text(answer, "id") + " of " + id + " is in " + file));
            } finally {
                if (!written) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw Failed.with(
                    "unwritable",
                    "the file " + file + " cannot be written; a key that was made for it is lost",
                    "revoke it (`toolkeep agent show " + id + "` names it), then make another elsewhere");
        }
    }

    @Command(
            name = "revoke",
            description = "Revokes a key at once and for good.",
            footer = {"", "Example:", "  toolkeep agent key revoke support-bot k7Qp2mX9"})
    int revoke(
            @Mixin Asked asked,
            @Parameters(index = "0", paramLabel = "ID", description = "The caller.") String id,
            @Parameters(index = "1", paramLabel = "KEYID", description = "The key, as `agent show` names it.")
                    String key)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer =
                    api.delete("/agents" + AdminApi.segment(id) + "/keys" + AdminApi.segment(key), Map.of());
            return desk.show(asked, answer, page -> AgentText.show(answer, page));
        }
    }
}
