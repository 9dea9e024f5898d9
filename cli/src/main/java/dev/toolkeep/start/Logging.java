package dev.toolkeep.start;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the parts of the program have to say beside their answers: warnings and worse, one line each, on standard
/// error. A bug of ours brings its stack trace. Whoever wants more names a file in the system property
/// `java.util.logging.config.file`; then nothing here applies.
public final class Logging {
    private Logging() {}

    /// Before anything logs.
    public static void begin(PrintWriter err) {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        System.setProperty("java.util.logging.manager", LastingLog.class.getName());
        LogManager manager = LogManager.getLogManager();
        manager.reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Lines(err));
        if (manager instanceof LastingLog lasting) {
            lasting.settle();
        }
    }

    private static final class Lines extends Handler {
        private final SimpleFormatter words = new SimpleFormatter();
        /// Tomcat tells of threads that outlive it, which is what ours are for. Kept here, or its level would be
        /// forgotten.
        private final Logger loader = Logger.getLogger("org.apache.catalina.loader");

        private final PrintWriter err;

        Lines(PrintWriter err) {
            this.err = err;
            loader.setLevel(Level.SEVERE);
        }

        @Override
        public synchronized void publish(LogRecord said) {
            if (!isLoggable(said)) {
                return;
            }
            String level = said.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warning";
            Throwable thrown = said.getThrown();
            boolean bug = thrown != null && ours(said) && level.equals("error");
            String cause = thrown == null || bug ? "" : " (" + thrown + ")";
            err.println("toolkeep: " + level + ": " + oneLine(words.formatMessage(said) + cause));
            if (bug) {
                thrown.printStackTrace(err);
            }
            err.flush();
        }

        private static boolean ours(LogRecord said) {
            String name = said.getLoggerName();
            return name != null && name.startsWith("dev.toolkeep.");
        }

        private static String oneLine(String text) {
            return text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {
            err.flush();
        }
    }
}
