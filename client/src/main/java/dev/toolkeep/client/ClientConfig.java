package dev.toolkeep.client;

import dev.toolkeep.client.filter.AnswerFilter;
import dev.toolkeep.client.repository.ToolRepository;
import dev.toolkeep.client.search.SearchStrategy;
import dev.toolkeep.client.search.WordMatch;
import dev.toolkeep.variable.VariableSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a client works. Made by [#builder], or read from UTCP's configuration file by [ConfigFile].
///
/// @param variables where `${NAME}` of a manual `m` finds its value, under UTCP's full name `m_NAME`
/// @param environmentPrefixes full names the process environment may be asked for begin with one of these; none: it is
///     never read
/// @param manuals registered when the client opens
/// @param postProcessing in order
/// @param localProtocols `cli` and `file`, where the program lets manuals have tools that start commands or read files
/// @param policy the local policy as YAML, see docs/policy.md; its caller has the id `client` and the role `client`
/// @param folder for keys and journal, which then outlive the client; null: a private temporary folder, removed at
/// close
public record ClientConfig(
        VariableSource variables,
        List<String> environmentPrefixes,
        List<ManualTemplate> manuals,
        List<AnswerFilter> postProcessing,
        SearchStrategy search,
        ToolRepository repository,
        Set<String> localProtocols,
        String policy,
        @Nullable Path folder) {
    /// Every tool, 30 seconds a call, 1 MiB in, 4 MiB out, 1,000,000 calls a minute and 10,000 at once of each tool.
    public static final String OPEN_POLICY = """
            rules:
              - { id: own-program, effect: allow, callers: { ids: [client] }, tools: ["*"] }
            limits:
              - { tools: ["*"], callsPerMinute: 1000000, concurrent: 10000, deadline: 30s }
            """;

    public ClientConfig {
        environmentPrefixes = List.copyOf(environmentPrefixes);
        manuals = List.copyOf(manuals);
        postProcessing = List.copyOf(postProcessing);
        localProtocols = Set.copyOf(localProtocols);
        if (!Set.of("cli", "file").containsAll(localProtocols)) {
            throw new BadConfig("local protocols are cli and file; everything else needs no permission");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Collects a configuration. Not thread-safe.
    public static final class Builder {
        private final Map<String, String> variables = new LinkedHashMap<>();
        private final List<VariableSource> sources = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private final List<ManualTemplate> manuals = new ArrayList<>();
        private final List<AnswerFilter> processors = new ArrayList<>();
        private final Set<String> local = new HashSet<>();
        private SearchStrategy search = new WordMatch(1, 3);
        private ToolRepository repository = ToolRepository.inMemory();
        private String policy = OPEN_POLICY;
        private @Nullable Path folder;

        Builder() {}

        /// @param fullName `manual_NAME`, with every `_` of the manual's name doubled
        public Builder variable(String fullName, String value) {
            variables.put(fullName, value);
            return this;
        }

        /// Asked, in order, for what [#variable] does not give.
        public Builder variables(VariableSource source) {
            sources.add(source);
            return this;
        }

        /// Lets variables whose full name begins so be found in the process environment, after everything else.
        public Builder environment(String... allowedPrefixes) {
            prefixes.addAll(List.of(allowedPrefixes));
            return this;
        }

        public Builder manual(ManualTemplate template) {
            manuals.add(template);
            return this;
        }

        public Builder postProcessing(AnswerFilter processor) {
            processors.add(processor);
            return this;
        }

        public Builder search(SearchStrategy strategy) {
            search = strategy;
            return this;
        }

        public Builder repository(ToolRepository kept) {
            repository = kept;
            return this;
        }

        /// `cli`: manuals may have tools that start commands; `file`: tools that read files.
        public Builder allowLocal(String... protocols) {
            local.addAll(List.of(protocols));
            return this;
        }

        public Builder policy(String yaml) {
            policy = yaml;
            return this;
        }

        /// The open policy with another deadline for every call, 1 ms to 1 h.
        public Builder deadline(Duration deadline) {
            policy = OPEN_POLICY.replace("deadline: 30s", "deadline: " + deadline.toMillis() + "ms");
            return this;
        }

        public Builder folder(Path path) {
            folder = path;
            return this;
        }

        public ClientConfig build() {
            List<VariableSource> asked = new ArrayList<>();
            asked.add(VariableSource.of(variables));
            asked.addAll(sources);
            return new ClientConfig(
                    VariableSource.inOrder(asked),
                    prefixes,
                    manuals,
                    processors,
                    search,
                    repository,
                    local,
                    policy,
                    folder);
        }
    }
}
