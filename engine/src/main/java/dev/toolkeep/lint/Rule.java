package dev.toolkeep.lint;

import static dev.toolkeep.lint.Severity.HIGH;
import static dev.toolkeep.lint.Severity.LOW;
import static dev.toolkeep.lint.Severity.MEDIUM;

/// What a lint looks for. The table in `docs/lint.md` is this list, in this order.
public enum Rule {
    NOT_A_MANUAL(HIGH, "A document without a list of tools", "Point at a UTCP manual: an object with a tools list."),
    PLAIN_HTTP(
            HIGH,
            "A URL of http or ws, or a tcp or udp target, on another machine: anyone on the way reads and changes it",
            "Use https or wss."),
    TLS_OFF(HIGH, "The check of the server's certificate is switched off", "Remove the switch and trust the right CA."),
    LITERAL_CREDENTIAL(
            HIGH,
            "A key, token or password written into the document",
            "Put ${NAME} there, keep the value in the vault, and change the value: it has been published."),
    URL_CREDENTIAL(
            HIGH,
            "A user name or password inside a URL, where logs and proxies keep it",
            "Take it out of the URL and use auth with ${NAME} values."),
    METADATA_HOST(
            HIGH,
            "A target that hands out a cloud machine's credentials",
            "Remove the tool: no honest manual points there."),
    ODD_HOST(
            HIGH,
            "A host written so that two programs can read two different machines",
            "Write it as a plain ASCII name, four decimal numbers or an IPv6 address in brackets."),
    CHOSEN_HOST(
            HIGH,
            "A scheme, host or port that an argument or a variable fills in: whoever fills it says where the call and"
                    + " its credentials go",
            "Write scheme, host and port out; let arguments fill only path and query."),
    SHELL_COMMAND(
            HIGH,
            "Text that a shell runs, or a program chosen by an argument",
            "Name one program by absolute path and give its arguments as a list, or offer it as an MCP server."),
    HIDDEN_TEXT(
            HIGH,
            "Characters a model reads and a person does not see",
            "Remove them; ask the publisher how they came there."),
    RELATIVE_COMMAND(
            MEDIUM,
            "A program that is not named by an absolute path: the folder list of the machine decides what runs",
            "Write the absolute path."),
    STARTS_PROCESS(
            MEDIUM,
            "Whoever calls the tool starts a process on his own machine because a document says so",
            "Read the command; in Toolkeep an operator adds the MCP server as a source instead."),
    PRIVATE_HOST(
            MEDIUM,
            "A target inside a private, link-local or reserved network",
            "Make sure it is your own network, then grant exactly this host to the source."),
    STRANGE_URL(
            MEDIUM,
            "A target that is not an absolute URL of http, https, ws or wss",
            "Write the whole URL, beginning with https:// or wss://."),
    READS_FILE(
            MEDIUM, "The tool reads a file of whoever calls it", "Put the text into content, or offer it over https."),
    INSTRUCTION_TEXT(
            MEDIUM,
            "Text that speaks to the model rather than describing the tool",
            "Read it in full; approve the tool only if you would follow it yourself."),
    LOOK_ALIKE(
            MEDIUM,
            "A name that can be taken for another, or that mixes the letters of two scripts",
            "Rename one of them."),
    SAME_NAME(MEDIUM, "Two tools of one name: which one is called depends on the reader", "Give each its own name."),
    LONG_TEXT(
            MEDIUM,
            "A text of more than 20,000 characters: nobody reads it, a model does; the rest was not judged",
            "Shorten it."),
    MISSING_SCHEMA(
            MEDIUM,
            "No schema of the arguments: whatever a model writes is sent",
            "Describe the arguments in inputs; for none write {\"type\": \"object\", \"additionalProperties\": false}."),
    BAD_SCHEMA(
            MEDIUM,
            "A schema that cannot judge anything: it is no schema, is too large, or refers outside itself",
            "Mend the schema; copy what it refers to into $defs."),
    SLOW_PATTERN(
            MEDIUM,
            "A regular expression that can take exponential time, or none at all",
            "Write it without lookaround and backreferences, as RE2 reads it."),
    UNKNOWN_TYPE(
            MEDIUM,
            "A call template of a type UTCP does not have",
            "Use one of UTCP's types; nobody can say what this one does."),
    UNREADABLE_TOOL(MEDIUM, "A tool that cannot be read, and is left out", "Mend what the message names."),
    LOOPBACK_HOST(
            LOW,
            "A target on the machine of whoever calls it",
            "Right for a manual you wrote for this machine; wrong in one from elsewhere."),
    OPEN_SCHEMA(
            LOW,
            "Arguments the schema does not name are let through",
            "Add \"additionalProperties\": false and a schema for every property."),
    UNBOUNDED_INPUT(
            LOW,
            "A text or a list of any length",
            "Add maxLength or maxItems (enum, const, pattern and short formats count as bounds for a text)."),
    BASIC_AUTH(
            LOW,
            "A password with every request",
            "Prefer oauth2, or a key that can be withdrawn without changing a person's password."),
    NO_AUTH(LOW, "A tool on another machine that anybody may call", "Add auth, if its server asks for any."),
    STRANGE_VARIABLE(
            LOW,
            "Something that looks like a variable and is sent as it stands, or is read differently by other clients",
            "Write ${NAME}, of A-Z a-z 0-9 _ and not beginning with a digit."),
    OLD_FORMAT(LOW, "A manual of UTCP 0.x, which newer clients misread", "Write it as UTCP 1.x."),
    UNSUPPORTED_TEMPLATE(
            LOW,
            "A tool that Toolkeep lists with the reason and never calls",
            "Change what the message names, or leave the tool to other clients.");

    private final Severity severity;
    private final String finds;
    private final String advice;

    Rule(Severity severity, String finds, String advice) {
        this.severity = severity;
        this.finds = finds;
        this.advice = advice;
    }

    /// Its name in output, such as `plain-http`; stable.
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /// What it finds, in one sentence.
    public String finds() {
        return finds;
    }

    /// What to do about a finding.
    public String advice() {
        return advice;
    }
}
