package dev.toolkeep.clientfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One server as clients write it. They agree on `command`, `args`, `env`, `cwd`, `url` and `headers`; the other
/// spellings are Codex's, Goose's, Gemini CLI's, Windsurf's and Zed's.
final class ClientEntry {
    private final JsonNode json;
    private final Values values = new Values();

    private ClientEntry(JsonNode json) {
        this.json = json;
    }

    static Wanted read(String name, JsonNode json) throws Unfit {
        if (!json.isObject()) {
            throw new Unfit("it is no object");
        }
        if (json.path("disabled").booleanValue(false) || !json.path("enabled").booleanValue(true)) {
            throw new Unfit("it is switched off in the file");
        }
        return new ClientEntry(json).wanted(name);
    }

    private Wanted wanted(String name) throws Unfit {
        String type = first("type", "transport");
        String url = first("url", "httpUrl", "serverUrl", "uri");
        List<String> command = command();
        if (command.isEmpty() == url.isEmpty()) {
            throw new Unfit(url.isEmpty() ? "it has neither a command nor a URL" : "it has both a command and a URL");
        }
        if (type.equals("sse")) {
            throw new Unfit("it speaks the older HTTP+SSE transport; ask its operator for Streamable HTTP");
        }
        refuseReferences(command, "a word of its command");
        refuseReferences(List.of(url), "its URL");
        Map<String, String> env = env();
        Map<String, String> headers = headers();
        return new Wanted(
                name,
                command,
                url.isEmpty() ? env : Map.of(),
                url.isEmpty() ? first("cwd", "working_directory") : "",
                url,
                url.isEmpty() ? Map.of() : headers,
                values.secrets(),
                values.missing());
    }

    private static void refuseReferences(List<String> texts, String what) throws Unfit {
        if (texts.stream().anyMatch(Values::refers)) {
            throw new Unfit(what + " depends on a variable of that client: add it by hand, `toolkeep source add`");
        }
    }

    private List<String> command() throws Unfit {
        List<String> words = new ArrayList<>();
        JsonNode command = json.path("command").isObject() ? json.path("command") : json;
        JsonNode program = command.has("command")
                ? command.path("command")
                : command.has("cmd") ? command.path("cmd") : command.path("path");
        if (program.isString() && !program.stringValue().isBlank()) {
            words.add(program.stringValue());
        } else {
            addTexts(program, words);
        }
        if (!words.isEmpty()) {
            addTexts(command.path("args"), words);
        }
        return words;
    }

    private static void addTexts(JsonNode list, List<String> words) throws Unfit {
        for (JsonNode word : list) {
            if (!word.isString()) {
                throw new Unfit("a word of its command is no text");
            }
            words.add(word.stringValue());
        }
    }

    private Map<String, String> env() throws Unfit {
        Map<String, String> env = new LinkedHashMap<>();
        JsonNode command = json.path("command").isObject() ? json.path("command") : json;
        pairs(command.path("env"), env);
        pairs(json.path("envs"), env);
        for (String list : List.of("env_keys", "env_vars")) {
            for (JsonNode name : json.path(list)) {
                env.putIfAbsent(name.asString(""), values.ask(name.asString("")));
            }
        }
        return env;
    }

    private Map<String, String> headers() throws Unfit {
        Map<String, String> headers = new LinkedHashMap<>();
        pairs(json.path("headers"), headers);
        pairs(json.path("http_headers"), headers);
        json.path("env_http_headers")
                .properties()
                .forEach(one ->
                        headers.put(one.getKey(), values.ask(one.getValue().asString(one.getKey()))));
        String bearer = first("bearer_token_env_var");
        if (!bearer.isEmpty()) {
            headers.put("Authorization", "Bearer " + values.ask(bearer));
        }
        return headers;
    }

    private void pairs(JsonNode map, Map<String, String> into) throws Unfit {
        for (Map.Entry<String, JsonNode> one : map.properties()) {
            JsonNode value = one.getValue();
            if (!value.isValueNode() || value.isNull()) {
                throw new Unfit("the value of " + one.getKey() + " is no text");
            }
            into.put(one.getKey(), values.take(one.getKey(), value.asString(), false));
        }
    }

    private String first(String... names) {
        for (String name : names) {
            if (json.path(name).isString()) {
                return json.path(name).stringValue().strip();
            }
        }
        return "";
    }
}
