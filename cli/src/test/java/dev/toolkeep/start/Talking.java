package dev.toolkeep.start;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// A process that sets the log up as the program does and says a few things, some of them after the JVM's own reset.
public final class Talking {
    private Talking() {}

    public static void main(String[] args) {
        Logging.begin(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Logger theirs = Logger.getLogger("org.example");
        theirs.info("chatter");
        theirs.warning("two\nlines");
        theirs.log(Level.SEVERE, "theirs", new IllegalStateException("theirs is broken"));
        LogManager.getLogManager().reset();
        System.getLogger("dev.toolkeep.talk")
                .log(System.Logger.Level.ERROR, "ours", new IllegalStateException("ours is broken"));
    }
}
