package dev.toolkeep.protocol.process;

import java.io.IOException;

/// A sandbox was demanded and this machine cannot build one; the message says why.
public final class NoSandbox extends IOException {
    private static final long serialVersionUID = 1;

    NoSandbox(String message) {
        super(message);
    }
}
