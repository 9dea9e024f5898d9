package dev.toolkeep.console;

import org.springframework.web.bind.annotation.ResponseBody;

/// A controller that somebody forgot to guard.
public final class Planted {
    @ResponseBody
    public byte[] show() {
        return new byte[] {'{', '}'};
    }
}
