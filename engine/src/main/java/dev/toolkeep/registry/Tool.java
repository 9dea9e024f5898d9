package dev.toolkeep.registry;

import dev.toolkeep.schema.CompiledSchema;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Malformed;

/// One tool as it stands: its source, a person's decisions, and one version of it whose bytes were checked against its
/// digest. The version is the approved one where there is an approval, else the offered one. Being a `Tool` says
/// nothing about being callable: only a trusted tool is.
public final class Tool {
    private final Source source;
    private final Standing standing;
    private final ToolVersion version;
    private final SchemaCache.Schemas schemas;
    private final String unsupported;

    private Tool(Source source, Standing standing, ToolVersion version, SchemaCache.Schemas schemas) {
        this.source = source;
        this.standing = standing;
        this.version = version;
        this.schemas = schemas;
        this.unsupported = version.definition().template() instanceof CallTemplate.Unsupported(
                        String type, String reason, var original)
                ? reason
                : schemas.unsupported();
    }

    /// Checks that the version is what its digest says and what the standing names.
    ///
    /// @throws Malformed when it is not
    public static Tool of(Source source, Standing standing, ToolVersion version, SchemaCache schemas) throws Malformed {
        return new Tool(source, standing, version, schemas.schemas(version.digest(), version.definition()));
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

    /// Judges arguments.
    public CompiledSchema inputs() {
        return schemas.inputs();
    }

    /// Judges structured answers.
    public CompiledSchema outputs() {
        return schemas.outputs();
    }

    /// Why it can be listed but never called; empty when nothing is in the way.
    public String unsupported() {
        return unsupported;
    }
}
