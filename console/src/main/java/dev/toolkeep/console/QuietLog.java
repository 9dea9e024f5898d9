package dev.toolkeep.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps what strangers send out of the program's log. The web server quotes requests it cannot read, keys and set-up
/// tokens in them too, at levels that are on by default; what was refused is in the journal, without them.
final class QuietLog {
    private static final Map<String, Level> LOUD = Map.of(
            "org.apache.coyote", Level.WARNING,
            "org.apache.tomcat.util.http", Level.WARNING,
            "org.springframework.web.servlet.PageNotFound", Level.SEVERE);

    /// Held, because a logger nobody holds forgets its level.
    private final List<Logger> loggers;

    private QuietLog(List<Logger> loggers) {
        this.loggers = loggers;
    }

    static QuietLog now() {
        List<Logger> loggers = LOUD.keySet().stream().map(Logger::getLogger).toList();
        loggers.forEach(logger -> logger.setLevel(LOUD.get(logger.getName())));
        return new QuietLog(loggers);
    }

    /// Whether it still holds.
    boolean holds() {
        return loggers.stream().allMatch(logger -> Objects.equals(logger.getLevel(), LOUD.get(logger.getName())));
    }
}
