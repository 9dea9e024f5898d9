package dev.toolkeep.clientfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A `server.json` of the official MCP registry (schema 2025-12-11 and the ones before it): the first remote that
/// speaks Streamable HTTP, else the first package that a known program can run on standard input and output. The
/// version is pinned as the document gives it.
final class ServerJson {
    private final Values values = new Values();

    private ServerJson() {}

    static Wanted read(String name, JsonNode server) throws Unfit {
        return new ServerJson().wanted(name, server);
    }

    private Wanted wanted(String name, JsonNode server) throws Unfit {
        for (JsonNode remote : server.path("remotes")) {
            if (text(remote, "type").equals("streamable-http")) {
                return remote(name, remote);
            }
        }
        String reason = server.path("remotes").isEmpty() ? "it names no package and no address" : "";
        for (JsonNode one : server.path("packages")) {
            String transport = one.path("transport").path("type").asString("stdio");
            List<String> command = transport.equals("stdio") ? launcher(one) : List.of();
            if (!command.isEmpty()) {
                return packaged(name, one, command);
            }
            reason = "its packages are of kinds that are not started here: " + registry(one);
        }
        throw new Unfit(reason.isEmpty() ? "its addresses speak the older HTTP+SSE transport only" : reason);
    }

    private Wanted remote(String name, JsonNode remote) throws Unfit {
        String url = text(remote, "url");
        if (url.indexOf('{') >= 0) {
            throw new Unfit("its address has a part to choose, " + url + ": add it by hand, `toolkeep source add`");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode header : remote.path("headers")) {
            value(header).ifPresent(value -> headers.put(text(header, "name"), value));
        }
        return new Wanted(name, List.of(), Map.of(), "", url, headers, values.secrets(), values.missing());
    }

    private Wanted packaged(String name, JsonNode one, List<String> launcher) throws Unfit {
        Map<String, String> env = new LinkedHashMap<>();
        for (JsonNode variable : one.path("environmentVariables")) {
            value(variable).ifPresent(value -> env.put(text(variable, "name"), value));
        }
        List<String> command = new ArrayList<>(launcher.subList(0, launcher.size() - 1));
        arguments(one.path("runtimeArguments"), command);
        if (registry(one).equals("oci")) {
            env.keySet().forEach(variable -> command.addAll(List.of("-e", variable)));
        }
        command.add(launcher.getLast());
        arguments(one.path("packageArguments"), command);
        return new Wanted(name, command, env, "", "", Map.of(), values.secrets(), values.missing());
    }

    /// What starts a package, the package itself last; empty where nothing known does.
    private static List<String> launcher(JsonNode one) throws Unfit {
        String id = text(one, "identifier");
        String version = text(one, "version");
        if (id.isEmpty() || id.startsWith("-") || version.startsWith("-")) {
            throw new Unfit("its package has no name");
        }
        return switch (registry(one)) {
            case "npm" -> List.of("npx", "-y", version.isEmpty() ? id : id + "@" + version);
            case "pypi" -> List.of("uvx", version.isEmpty() ? id : id + "==" + version);
            case "oci" ->
                List.of(
                        "docker",
                        "run",
                        "-i",
                        "--rm",
                        version.isEmpty() || id.contains("@") || tagged(id) ? id : id + ":" + version);
            case "nuget" -> List.of("dnx", "-y", version.isEmpty() ? id : id + "@" + version);
            default -> List.of();
        };
    }

    private static boolean tagged(String image) {
        return image.lastIndexOf(':') > image.lastIndexOf('/');
    }

    private static String registry(JsonNode one) {
        String type = text(one, "registryType");
        return type.isEmpty() ? text(one, "registry_type") : type;
    }

    private static void arguments(JsonNode list, List<String> command) throws Unfit {
        for (JsonNode argument : list) {
            String value = text(argument, "value").isEmpty() ? text(argument, "default") : text(argument, "value");
            boolean named = text(argument, "type").equals("named");
            if (value.isEmpty() || value.indexOf('{') >= 0) {
                boolean flag =
                        named && value.isEmpty() && !argument.path("isRequired").booleanValue(false);
                if (!flag && argument.path("isRequired").booleanValue(false)) {
                    String what = named ? text(argument, "name") : text(argument, "valueHint");
                    throw new Unfit(
                            "its argument " + what + " is yours to choose: add it by hand, `toolkeep source add`");
                }
                continue;
            }
            if (named) {
                command.add(text(argument, "name"));
            }
            command.add(value);
        }
    }

    /// The value of a variable or header: a placeholder for a secret and for what is required without a value.
    private Optional<String> value(JsonNode input) throws Unfit {
        String name = text(input, "name");
        if (name.isEmpty()) {
            throw new Unfit("a variable or header has no name");
        }
        String value = text(input, "value").isEmpty() ? text(input, "default") : text(input, "value");
        boolean secret = input.path("isSecret").booleanValue(false);
        if (value.indexOf('{') >= 0) {
            String scheme = value.regionMatches(true, 0, "bearer ", 0, 7) ? "Bearer " : "";
            return Optional.of(scheme + values.ask(name));
        }
        if (!value.isEmpty()) {
            return Optional.of(values.take(name, value, secret));
        }
        return input.path("isRequired").booleanValue(false) ? Optional.of(values.ask(name)) : Optional.empty();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
