package dev.toolkeep.command;

import dev.toolkeep.engine.Engine;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// The journal of a data folder, looked at without a server. Nothing is made or changed.
final class LogFolder {
    private LogFolder() {}

    /// What [JournalVerifier] finds, in the words of the administration API.
    static ObjectNode verify(Path data) throws Failed {
        Path key = data.resolve("journal.key");
        if (!Files.isDirectory(data.resolve("journal")) || !Files.exists(key, LinkOption.NOFOLLOW_LINKS)) {
            throw Failed.with(
                    "no_journal",
                    "no Toolkeep runs on " + data + ", and there is no log with its journal.key in it",
                    "name the data folder: --data DIR");
        }
        try {
            return verdict(new JournalVerifier(data.resolve("journal"), Engine.journalKey(data)).verify());
        } catch (IOException e) {
            throw Failed.with(
                    "unreadable",
                    "the log cannot be read: " + e.getMessage(),
                    "run this as the user that runs Toolkeep");
        }
    }

    private static ObjectNode verdict(JournalVerifier.Verdict verdict) {
        return switch (verdict) {
            case JournalVerifier.Verdict.Whole whole ->
                Json.object().put("intact", true).put("records", whole.records());
            case JournalVerifier.Verdict.Broken broken ->
                Json.object()
                        .put("intact", false)
                        .put("firstBad", broken.record())
                        .put("file", broken.file())
                        .put("line", broken.line())
                        .put("problem", broken.problem());
        };
    }
}
