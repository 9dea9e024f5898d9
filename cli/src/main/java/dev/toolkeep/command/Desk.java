package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.AgentDoor;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.KeyText;
import dev.toolkeep.remote.Listening;
import dev.toolkeep.remote.McpLine;
import dev.toolkeep.remote.Servers;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Person;
import dev.toolkeep.terminal.Plain;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where a command does its work: it opens the way to the server, and prints what came of it.
public final class Desk {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int LONGEST_LINE = 1000;

    private final Surroundings around;
    private final Person person;
    private final InstantSource clock;
    private final Servers servers;

    public Desk(Surroundings around, Person person, InstantSource clock, Servers servers) {
        this.around = around;
        this.person = person;
        this.clock = clock;
        this.servers = servers;
    }

    Person person() {
        return person;
    }

    Instant now() {
        return clock.instant();
    }

    InputStream in() {
        return around.in();
    }

    PrintWriter out() {
        return around.out();
    }

    /// The data folder that is meant, absolute.
    Path data(Asked asked) {
        return around.data(asked.data());
    }

    /// `path` from where the person stands, absolute.
    Path path(Path path) {
        return around.directory().resolve(path).normalize();
    }

    /// Whether a server runs on the data folder.
    boolean runs(Asked asked) throws Failed {
        try {
            servers.find(data(asked));
            return true;
        } catch (Failed e) {
            if (e.why().code().equals(Servers.NOT_RUNNING)) {
                return false;
            }
            throw e;
        }
    }

    /// The server's administration API. The lock is looked at before the token is read.
    AdminApi admin(Asked asked) throws Failed {
        Listening server = servers.find(data(asked));
        Secret token = KeyText.read(data(asked).resolve("operator.token"), "the operator's token");
        return new AdminApi(server, token, this::note);
    }

    /// The gateway, with the key in `keyFile`, else in `TOOLKEEP_KEY`, else the one that the first start made.
    AgentDoor gateway(Asked asked, @Nullable Path keyFile) throws Failed {
        Listening server = servers.find(data(asked));
        return new AgentDoor(server, key(asked, keyFile), this::note);
    }

    /// An MCP endpoint of the gateway, with the same key as [#gateway].
    McpLine mcp(Asked asked, @Nullable Path keyFile, String path) throws Failed {
        Listening server = servers.find(data(asked));
        return new McpLine(server, path, key(asked, keyFile));
    }

    private Secret key(Asked asked, @Nullable Path keyFile) throws Failed {
        String variable = around.environment().getOrDefault("TOOLKEEP_KEY", "");
        if (keyFile != null) {
            return KeyText.read(path(keyFile), "the key file");
        }
        return variable.isEmpty()
                ? KeyText.read(data(asked).resolve("agent.key"), "the agent's key")
                : KeyText.of(variable, "the variable TOOLKEEP_KEY");
    }

    /// Prints the answer: as JSON where that was asked, else as `people` put it.
    int show(Asked asked, JsonNode answer, Consumer<Page> people) {
        if (asked.json()) {
            out().println(Plain.json(Json.pretty(answer)));
        } else {
            Page page = page();
            people.accept(page);
            out().print(page.text());
        }
        out().flush();
        return out().checkError() ? FAILED : DONE;
    }

    /// An empty page of the kind that this terminal can show.
    Page page() {
        return new Page(person.coloured());
    }

    /// A page beside the answer.
    void beside(Page page) {
        around.err().print(page.text());
        around.err().flush();
    }

    /// One line beside the answer.
    void note(String words) {
        around.err().println("toolkeep: " + Plain.line(words));
        around.err().flush();
    }

    /// Whether to go on: `yes` was given, or somebody is there and agrees.
    ///
    /// @throws Failed (wrong usage) when nobody is there to be asked
    boolean agreed(Asked asked, boolean yes, String question) throws Failed {
        if (yes) {
            return true;
        }
        if (!person.there() || asked.json()) {
            throw Failed.usage("nobody is there to be asked: " + question, "look at what it is about, then add --yes");
        }
        around.err().print(Plain.line(question) + " [y/N] ");
        around.err().flush();
        String answer = line().strip();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in().read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; c = in().read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            return "";
        }
        return line.toString();
    }
}
