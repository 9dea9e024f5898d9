package dev.toolkeep.command;

import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import dev.toolkeep.start.Running;
import dev.toolkeep.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What `start` prints once everything listens.
record Greeting(House house, HouseOptions options, Surroundings around, List<String> warnings) {
    String words() {
        Running running = house.running();
        StringBuilder text = new StringBuilder();
        line(text, "Toolkeep " + options.engine().programVersion() + " is running. Data: " + house.folder());
        int unknown = house.unknown().size();
        if (unknown > 0) {
            line(text, "");
            line(
                    text,
                    unknown + (unknown == 1 ? " call has" : " calls have")
                            + " an unknown outcome: Toolkeep ended before they did. See `"
                            + command("log show --type call.unknown")
                            + "`.");
        }
        line(text, "");
        line(text, "  gateway          " + running.gateway() + "   (/mcp, /utcp, /v1)");
        line(text, "  console          " + running.console());
        line(text, "  set-up link      " + house.setupLink() + "   (works once, for a day)");
        line(text, "  agent key        " + place(house.agentKey(), "agent key agent"));
        line(text, "  operator token   " + place(house.operatorToken(), "agent key operator"));
        line(text, "");
        line(text, "First call:  " + command("call keep.clock '{}'"));
        text.append("To stop:     Ctrl-C, or kill ").append(running.pid());
        return text.toString();
    }

    String json() {
        Running running = house.running();
        ObjectNode text = Json.object();
        text.put("version", options.engine().programVersion());
        text.put("gateway", running.gateway().toString());
        text.put("console", running.console().toString());
        text.put("setup", house.setupLink());
        text.put("data", house.folder().toString());
        text.put("agentKey", house.agentKey().toString());
        text.put("operatorToken", house.operatorToken().toString());
        text.put("pid", running.pid());
        text.put("started", running.started().toString());
        text.put("unknownCalls", house.unknown().size());
        text.put("firstCall", command("call keep.clock '{}'"));
        warnings.forEach(text.putArray("warnings")::add);
        return Json.text(text);
    }

    /// Where a key lies, or how to get another when it is not there or of no use any more.
    private String place(Path file, String mint) {
        if (house.works(file)) {
            return file.toString();
        }
        String what = Files.exists(file) ? file + ", which works no more" : "not in the data folder";
        return what + "; make another with `" + command(mint) + "`";
    }

    /// A command as this person would type it.
    private String command(String words) {
        boolean usual = house.folder().equals(around.data(null));
        return quoted(around.program()) + " " + words
                + (usual ? "" : " --data " + quoted(house.folder().toString()));
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
