package dev.toolkeep.registry;

import dev.toolkeep.schema.CompiledSchema;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One tool as it stands: its source, a person's decisions, and one version of it whose content was checked against
/// its digest. The version is the approved one where there is an approval, else the offered one. Being a `Tool` says
/// nothing about being callable: only a trusted tool is. Immutable.
public final class Tool {
    private final Source source;
    private final Standing standing;
    private final ToolVersion version;
    private final SchemaCache.Schemas schemas;
    private final Declared declared;
    private final String unsupported;

    private Tool(Source source, Standing standing, ToolVersion version, SchemaCache.Schemas schemas) {
        this.source = source;
        this.standing = standing;
        this.version = version;
        this.schemas = schemas;
        this.declared = Declared.of(version.definition());
        this.unsupported = version.definition().template() instanceof CallTemplate.Unsupported template
                ? template.reason()
                : schemas.unsupported();
    }

    /// Checks that the version is what its digest says, and that source, standing and version belong together.
    ///
    /// @throws Malformed when they do not
    public static Tool of(Source source, Standing standing, ToolVersion version, SchemaCache cache) throws Malformed {
        ToolDefinition definition = version.definition();
        if (!source.name().equals(standing.tool().source())) {
            throw new Malformed("it is not a tool of " + source.name());
        }
        if (!definition.name().equals(standing.tool())) {
            throw new Malformed("its version is one of " + definition.name());
        }
        if (!version.digest().equals(versionOf(standing))) {
            throw new Malformed("its version is not the one it stands by");
        }
        if (!version.digest().equals(Definitions.digest(definition))) {
            throw new Malformed("its definition is not what its digest says: somebody changed what is stored");
        }
        SchemaCache.Schemas schemas = standing.approval() == null
                ? cache.waiting(version.digest(), definition)
                : cache.compiled(version.digest(), definition);
        return new Tool(source, standing, version, schemas);
    }

    /// The version a standing is shown and judged by: the approved one, else the offered one; null when there is
    /// neither.
    static @Nullable Digest versionOf(Standing standing) {
        Standing.Approval approval = standing.approval();
        return approval == null ? standing.offered() : approval.version();
    }

    public ToolName name() {
        return standing.tool();
    }

    public Source source() {
        return source;
    }

    public Standing standing() {
        return standing;
    }

    public ToolVersion version() {
        return version;
    }

    public ToolDefinition definition() {
        return version.definition();
    }

    public Digest digest() {
        return version.digest();
    }

    /// What is wrong with these arguments, at most 10 lines that quote no value; empty when nothing is. Refuses all of
    /// them while nobody approved the tool.
    public List<String> problems(ObjectNode arguments) {
        List<String> problems = schemas.inputs().problems(arguments);
        return problems.isEmpty() ? declared.problems(arguments) : problems;
    }

    /// Judges structured answers. Refuses all of them while nobody approved the tool.
    public CompiledSchema outputs() {
        return schemas.outputs();
    }

    /// Why it can be listed but never called; empty when nothing is in the way.
    public String unsupported() {
        return unsupported;
    }
}
