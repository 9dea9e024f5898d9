package dev.toolkeep.client;

/// A configuration nothing can be made of; the message names the place, never a value. Code: `bad_config`.
public final class BadConfig extends ToolkeepException {
    private static final long serialVersionUID = 1L;

    BadConfig(String message) {
        super("bad_config", message);
    }
}
