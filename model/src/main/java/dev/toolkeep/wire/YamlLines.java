package dev.toolkeep.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Where in a YAML text each key and list entry stands, so that an error about what it says can name the line. Only
/// for text that [StrictYaml] accepted; it judges nothing.
public final class YamlLines {
    private final Map<String, Integer> byPointer = new HashMap<>();
    private final Iterator<Event> events;

    private YamlLines(Iterator<Event> events) {
        this.events = events;
    }

    public static YamlLines of(byte[] yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Math.max(yaml.length, 1))
                .setUseMarks(true)
                .build();
        YamlLines lines = new YamlLines(new Parse(settings)
                .parseString(new String(yaml, StandardCharsets.UTF_8))
                .iterator());
        try {
            lines.events.next();
            lines.events.next();
            lines.value(lines.events.next(), "");
        } catch (YamlEngineException e) {
            // JSON that YAML reads otherwise: what was found so far must do.
        }
        return lines;
    }

    /// The line of what an RFC 6901 pointer points at, 1 the first; a key's line is where the key stands. 0 when it is
    /// not known.
    public int of(String pointer) {
        return byPointer.getOrDefault(pointer, 0);
    }

    /// A key as one step of a pointer.
    public static String step(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private void value(Event event, String pointer) {
        byPointer.putIfAbsent(pointer, line(event));
        switch (event.getEventId()) {
            case MappingStart -> mapping(pointer);
            case SequenceStart -> sequence(pointer);
            default -> {}
        }
    }

    private void mapping(String pointer) {
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String place = key instanceof ScalarEvent scalar ? pointer + step(scalar.getValue()) : pointer;
            byPointer.putIfAbsent(place, line(key));
            value(events.next(), place);
        }
    }

    private void sequence(String pointer) {
        int at = 0;
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            value(item, pointer + "/" + at++);
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
