package dev.toolkeep.e2e.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rooms of the house, from the ground up, and the module each lies in.
///
/// A room may use the rooms below it. Rooms on one floor do not know each other.
final class Rooms {
    static final List<Set<String>> FLOORS = List.of(
            Set.of("secret", "tool"),
            Set.of("variable", "wire"),
            Set.of("protocol.net"),
            Set.of("protocol"),
            Set.of("protocol.framing", "protocol.oauth", "protocol.process"),
            Set.of("protocol.http", "protocol.mcp", "protocol.text"),
            Set.of("protocol.message"),
            Set.of(
                    "protocol.cli",
                    "protocol.file",
                    "protocol.graphql",
                    "protocol.grpc",
                    "protocol.socket",
                    "protocol.sse",
                    "protocol.stream",
                    "protocol.websocket"),
            Set.of("refusal", "schema", "journal"),
            Set.of("caller", "registry"),
            Set.of("lint", "trust"),
            Set.of("policy"),
            Set.of("limits", "toolset", "vault"),
            Set.of("screen"),
            Set.of("call"),
            Set.of("engine"),
            Set.of("admin", "store"),
            Set.of("client.filter", "client.repository", "client.search"),
            Set.of("client.direct"),
            Set.of("client"),
            Set.of("web.exchange"),
            Set.of("web.rpc"),
            Set.of("web.mcp", "web.rest", "web.utcp"),
            Set.of("web"),
            Set.of("console.access"),
            Set.of("console.api"),
            Set.of("console"),
            Set.of("start", "terminal", "clientfile"),
            Set.of("remote"),
            Set.of("bridge"),
            Set.of("command"));

    /// Module by room's first word, and the modules each may use. The build says the same; a slip in one of the two
    /// shows here.
    static final Map<String, Set<String>> MODULES = Map.of(
            "model", Set.of(),
            "protocols", Set.of("model"),
            "protocols-grpc", Set.of("model", "protocols"),
            "engine", Set.of("model", "protocols"),
            "store", Set.of("model", "protocols", "engine"),
            "client", Set.of("model", "protocols", "engine"),
            "gateway", Set.of("model", "protocols", "engine"),
            "console", Set.of("model", "protocols", "engine"),
            "cli", Set.of("model", "protocols", "protocols-grpc", "engine", "store", "gateway", "console"));

    private static final String ROOT = "toolkeep";

    private Rooms() {}

    /// The room of a class of ours or of a planted one: what its package says after `toolkeep.`; empty in the root.
    static String of(JavaClass type) {
        return of(type.getPackageName());
    }

    static String of(String packageName) {
        int root = packageName.indexOf(ROOT);
        String rest = root < 0 ? "" : packageName.substring(root + ROOT.length());
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    static boolean ours(JavaClass type) {
        String name = type.getPackageName();
        return name.equals("dev.toolkeep") || name.startsWith("dev.toolkeep.") || name.startsWith("planted.toolkeep");
    }

    /// The floor a room is on, -1 when it has no place in the house.
    static int floor(String room) {
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(room)) {
                return i;
            }
        }
        return -1;
    }

    static String module(String room) {
        if (room.equals("protocol.grpc")) {
            return "protocols-grpc";
        }
        String first = room.contains(".") ? room.substring(0, room.indexOf('.')) : room;
        return switch (first) {
            case "secret", "tool", "variable", "wire" -> "model";
            case "protocol" -> "protocols";
            case "store" -> "store";
            case "client" -> "client";
            case "web" -> "gateway";
            case "console" -> "console";
            case "start", "terminal", "clientfile", "remote", "bridge", "command" -> "cli";
            default -> "engine";
        };
    }
}
