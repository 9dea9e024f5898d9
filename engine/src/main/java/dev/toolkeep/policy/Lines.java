package dev.toolkeep.policy;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where in a YAML text each key and list entry stands. Only ever asked about text the strict reader accepted.
final class Lines {
    private final Map<String, Integer> byPointer = new HashMap<>();

    Lines(String yaml) {
        try (JsonParser parser = YAMLMapper.builder().build().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String pointer = parser.streamReadContext().pathAsPointer().toString();
                byPointer.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
            }
        } catch (JacksonException e) {
            // JSON that YAML reads otherwise: then errors name the rule without its line.
            byPointer.clear();
        }
    }

    /// The line, 1 the first; 0 when it is not known.
    int of(String pointer) {
        return byPointer.getOrDefault(pointer, 0);
    }
}
