package dev.toolkeep.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Malformed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compiles the conditions of one policy: CEL, type-checked here, with a bound on the text, on iterations and on what
/// of the arguments is looked at ([Effort]).
///
/// The variables: `caller` (id, kind, roles, scopes), `tool` (name, source, tags), `args` (the call's arguments), `now`
/// (timestamp), `address` (the peer's, as text), `chain` (list of texts).
final class Conditions {
    static final String CALLER = "caller";
    static final String TOOL = "tool";
    static final String ARGS = "args";
    static final String NOW = "now";
    static final String ADDRESS = "address";
    static final String CHAIN = "chain";

    private static final int MOST_CHARACTERS = 4_000;
    private static final int MOST_NODES = 1_000;
    private static final int MOST_DEPTH = 64;
    private static final int MOST_ITERATIONS = 10_000;
    private static final int MOST_REGEX = 2_000;
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private final Cel cel;

    Conditions() {
        StructType caller = struct(
                "Caller",
                ImmutableMap.of("id", SimpleType.STRING, "kind", SimpleType.STRING, "roles", TEXTS, "scopes", TEXTS));
        StructType tool =
                struct("Tool", ImmutableMap.of("name", SimpleType.STRING, "source", SimpleType.STRING, "tags", TEXTS));
        cel = CelFactory.plannerCelBuilder()
                .setOptions(options())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new Types(ImmutableList.of(caller, tool)))
                .addVar(CALLER, caller)
                .addVar(TOOL, tool)
                .addVar(ARGS, MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar(NOW, SimpleType.TIMESTAMP)
                .addVar(ADDRESS, SimpleType.STRING)
                .addVar(CHAIN, TEXTS)
                .setResultType(SimpleType.BOOL)
                .build();
    }

    private static CelOptions options() {
        return CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(MOST_CHARACTERS)
                .maxParseExpressionNodeCount(MOST_NODES)
                .maxParseRecursionDepth(MOST_DEPTH)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .maxRegexProgramSize(MOST_REGEX)
                .build();
    }

    /// @throws Malformed with CEL's own words when it does not parse, names what is not there, or is not a bool
    Condition compile(String text) throws Malformed {
        try {
            return new Condition(cel.createProgram(cel.compile(text).getAst()));
        } catch (CelValidationException e) {
            throw new Malformed(
                    e.getErrors().stream().limit(3).map(Conditions::words).collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            throw new Malformed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever a text does to the compiler, it is the text that is refused.
            throw new Malformed("it cannot be compiled: " + e.getMessage());
        }
    }

    private static String words(CelIssue issue) {
        String message = issue.getMessage().replace(" (in container '')", "");
        int line = issue.getSourceLocation().getLine();
        int column = issue.getSourceLocation().getColumn() + 1;
        return message + (line > 1 ? " at its line " + line + ", character " : " at its character ") + column;
    }

    static CelMap facts(Caller caller) {
        return new CelMap(Map.of(
                "id", caller.id(),
                "kind", caller.kind().name().toLowerCase(Locale.ROOT),
                "roles", List.copyOf(caller.roles()),
                "scopes", List.copyOf(caller.scopes())));
    }

    static CelMap facts(ToolDefinition tool) {
        return new CelMap(Map.of(
                "name", tool.name().text(),
                "source", tool.name().source(),
                "tags", tool.tags()));
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                "toolkeep." + name,
                ImmutableSet.copyOf(fields.keySet()),
                field -> Optional.ofNullable(fields.get(field)));
    }

    private record Types(ImmutableList<CelType> known) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return known;
        }

        @Override
        public Optional<CelType> findType(String name) {
            return known.stream().filter(type -> type.name().equals(name)).findFirst();
        }
    }
}
