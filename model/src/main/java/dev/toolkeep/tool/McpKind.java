package dev.toolkeep.tool;

/// What an MCP server offers under a name. All four are pinned, approved, permitted and recorded alike; only a
/// [#TOOL] is shown among tools.
public enum McpKind {
    /// Called by `tools/call`.
    TOOL(""),
    /// One resource with a fixed URI, read by `resources/read`. It takes no arguments.
    RESOURCE("resource"),
    /// Resources whose URIs a template describes (RFC 6570), read by `resources/read`. Its one argument is `uri`.
    TEMPLATE("template"),
    /// Filled in by `prompts/get`. Its arguments are strings.
    PROMPT("prompt");

    private final String word;

    McpKind(String word) {
        this.word = word;
    }

    /// The word in names and JSON; empty for a tool.
    public String word() {
        return word;
    }

    /// `name` without [#prefix].
    public String bare(String name) {
        return name.startsWith(prefix()) ? name.substring(prefix().length()) : name;
    }

    /// What the kind's own names begin with inside their source: `resource/`; nothing for a tool.
    public String prefix() {
        return word.isEmpty() ? "" : word + "/";
    }
}
