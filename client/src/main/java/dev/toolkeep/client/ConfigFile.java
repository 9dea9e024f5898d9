package dev.toolkeep.client;

import dev.toolkeep.client.filter.AnswerFilter;
import dev.toolkeep.client.filter.AnswerFilters;
import dev.toolkeep.client.filter.Scope;
import dev.toolkeep.client.repository.ToolRepository;
import dev.toolkeep.client.search.WordMatch;
import dev.toolkeep.variable.DotenvFile;
import dev.toolkeep.variable.VariableSource;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's client configuration file (`.utcp_config.json`): `variables`, `load_variables_from`,
/// `manual_call_templates`, `post_processing`, `tool_search_strategy`, `tool_repository`; and a member `toolkeep` for
/// what UTCP has no word for. Unknown members are errors. Relative paths start at the file's folder. Values of
/// variables are taken as they stand: `${…}` in one is an error, not a literal that goes to a server.
public final class ConfigFile {
    private static final Set<String> MEMBERS = Set.of(
            "variables",
            "load_variables_from",
            "tool_repository",
            "tool_search_strategy",
            "post_processing",
            "manual_call_templates",
            "toolkeep");

    private final ObjectNode json;
    private final Path folder;

    private ConfigFile(ObjectNode json, Path folder) {
        this.json = json;
        this.folder = folder;
    }

    /// @throws BadConfig naming what is wrong and where
    public static ClientConfig read(Path file) {
        try {
            byte[] bytes = Files.size(file) > Bounds.DOCUMENT.bytes() ? new byte[0] : Files.readAllBytes(file);
            Path folder = file.toAbsolutePath().getParent();
            return of(StrictJson.object(bytes, Bounds.DOCUMENT), folder == null ? file.toAbsolutePath() : folder);
        } catch (IOException e) {
            throw new BadConfig("cannot read the configuration " + file + "; is it there and readable?");
        } catch (Malformed e) {
            throw new BadConfig("the configuration " + file + " is " + e.getMessage());
        }
    }

    /// The same of a parsed configuration, relative paths starting at `folder`.
    public static ClientConfig of(ObjectNode json, Path folder) {
        return new ConfigFile(json, folder).config();
    }

    private ClientConfig config() {
        Fields.only(json, "the configuration", MEMBERS);
        ClientConfig.Builder config = ClientConfig.builder();
        Fields.members(json, "variables").forEach((name, value) -> config.variable(name, plain(name, value)));
        Fields.list(json, "load_variables_from").forEach(loader -> config.variables(loader(loader)));
        Fields.list(json, "post_processing").forEach(processor -> config.postProcessing(processor(processor)));
        search(config);
        repository(config);
        JsonNode own = Fields.given(json, "toolkeep");
        if (own != null) {
            own(own, config);
        }
        Map<String, JsonNode> reach = own == null ? Map.of() : Fields.members(own, "reach");
        for (JsonNode template : Fields.list(json, "manual_call_templates")) {
            ManualTemplate manual = ManualTemplate.of(template);
            List<String> hosts = own == null || !reach.containsKey(manual.name())
                    ? List.of()
                    : Fields.texts(own.get("reach"), manual.name());
            config.manual(manual.reach(hosts.toArray(String[]::new)));
        }
        return config.build();
    }

    private static String plain(String name, JsonNode value) {
        if (!value.isString()) {
            throw new BadConfig("`variables." + Fields.printable(name) + "` must be text");
        }
        if (value.stringValue().contains("${")) {
            throw new BadConfig("`variables." + Fields.printable(name) + "` holds a placeholder; give the value itself,"
                    + " or keep the variable in a dotenv file or the environment");
        }
        return value.stringValue();
    }

    private VariableSource loader(JsonNode loader) {
        Fields.only(loader, "a variable loader", Set.of("variable_loader_type", "env_file_path"));
        String type = Fields.text(loader, "variable_loader_type", "dotenv");
        if (!type.equals("dotenv")) {
            throw new BadConfig("a `variable_loader_type` is dotenv, not " + Fields.printable(type));
        }
        try {
            return DotenvFile.read(folder.resolve(Fields.text(loader, "env_file_path", ".env")));
        } catch (IOException e) {
            throw new BadConfig(String.valueOf(e.getMessage()));
        }
    }

    private static AnswerFilter processor(JsonNode json) {
        String type = Fields.text(json, "tool_post_processor_type", "");
        Scope scope = new Scope(
                Fields.textSet(json, "exclude_tools"),
                Fields.textSet(json, "only_include_tools"),
                Fields.textSet(json, "exclude_manuals"),
                Fields.textSet(json, "only_include_manuals"));
        return switch (type) {
            case "filter_dict" ->
                AnswerFilters.filterDict(
                        Fields.textSet(json, "exclude_keys"), Fields.textSet(json, "only_include_keys"), scope);
            case "limit_strings" -> AnswerFilters.limitStrings(Fields.number(json, "limit", 10_000), scope);
            case "projection" -> projection(json, scope);
            default -> throw new BadConfig("a `tool_post_processor_type` is filter_dict, limit_strings or projection");
        };
    }

    private static AnswerFilter projection(JsonNode json, Scope scope) {
        try {
            return AnswerFilters.projection(Fields.texts(json, "pointers"), scope);
        } catch (IllegalArgumentException e) {
            throw new BadConfig("`pointers` holds something that is no JSON Pointer");
        }
    }

    private void search(ClientConfig.Builder config) {
        JsonNode strategy = Fields.given(json, "tool_search_strategy");
        if (strategy == null) {
            return;
        }
        String type = Fields.text(strategy, "tool_search_strategy_type", "tag_and_description_word_match");
        if (!type.equals("tag_and_description_word_match")) {
            throw new BadConfig("there is no `tool_search_strategy_type` " + Fields.printable(type));
        }
        config.search(new WordMatch(weight(strategy, "description_weight", 1), weight(strategy, "tag_weight", 3)));
    }

    private static double weight(JsonNode strategy, String name, double otherwise) {
        JsonNode value = Fields.given(strategy, name);
        if (value != null && !value.isNumber()) {
            throw new BadConfig("`" + name + "` must be a number");
        }
        return value == null ? otherwise : value.doubleValue();
    }

    private void repository(ClientConfig.Builder config) {
        JsonNode kept = Fields.given(json, "tool_repository");
        if (kept == null) {
            return;
        }
        switch (Fields.text(kept, "tool_repository_type", "in_memory")) {
            case "in_memory" -> config.repository(ToolRepository.inMemory());
            case "file" -> {
                try {
                    config.repository(
                            ToolRepository.file(folder.resolve(Fields.text(kept, "path", "utcp_tools.json"))));
                } catch (IOException e) {
                    throw new BadConfig("`tool_repository`: " + e.getMessage());
                }
            }
            default -> throw new BadConfig("a `tool_repository_type` is in_memory or file");
        }
    }

    private void own(JsonNode own, ClientConfig.Builder config) {
        Fields.only(own, "`toolkeep`", Set.of("reach", "allow_local", "environment_prefixes", "policy_file", "folder"));
        config.allowLocal(Fields.texts(own, "allow_local").toArray(String[]::new));
        config.environment(Fields.texts(own, "environment_prefixes").toArray(String[]::new));
        String data = Fields.text(own, "folder", "");
        if (!data.isEmpty()) {
            config.folder(folder.resolve(data));
        }
        String policy = Fields.text(own, "policy_file", "");
        if (!policy.isEmpty()) {
            try {
                config.policy(Files.readString(folder.resolve(policy)));
            } catch (IOException e) {
                throw new BadConfig("`toolkeep.policy_file` cannot be read");
            }
        }
    }
}
