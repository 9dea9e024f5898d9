package dev.toolkeep.client.filter;

import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's own filters of answers, and the projection to parts of one.
public final class AnswerFilters {
    private AnswerFilters() {}

    /// `filter_dict`: members by name, at every depth. Excluded ones are taken out first; where `only` is given, a
    /// member stays when it is named or holds one that is. Objects and lists emptied by it go too.
    public static AnswerFilter filterDict(@Nullable Set<String> exclude, @Nullable Set<String> only, Scope scope) {
        return (tool, value) -> {
            if (!scope.covers(tool)) {
                return value;
            }
            JsonNode left = exclude == null ? value : without(value, exclude);
            return only == null ? left : only(left, only);
        };
    }

    /// `limit_strings`: every text, at every depth, cut to `limit` characters.
    public static AnswerFilter limitStrings(int limit, Scope scope) {
        return (tool, value) -> scope.covers(tool) ? cut(value, limit) : value;
    }

    /// What lies at these places (JSON Pointer, RFC 6901), in an object by pointer; a single place is given as it is.
    /// Places that are not there are left out; null when none is.
    ///
    /// @throws IllegalArgumentException when one is no JSON Pointer
    public static AnswerFilter projection(List<String> pointers, Scope scope) {
        List<JsonPointer> places = pointers.stream().map(JsonPointer::compile).toList();
        return (tool, value) -> scope.covers(tool) ? projected(value, places) : value;
    }

    private static JsonNode projected(JsonNode value, List<JsonPointer> places) {
        ObjectNode found = Json.object();
        for (JsonPointer place : places) {
            JsonNode there = value.at(place);
            if (!there.isMissingNode()) {
                found.set(place.toString(), there);
            }
        }
        if (places.size() != 1) {
            return found;
        }
        return found.isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : found.iterator().next();
    }

    private static JsonNode without(JsonNode value, Set<String> exclude) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode left = Json.object();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    if (!exclude.contains(member.getKey())) {
                        keep(left, member.getKey(), member.getValue(), without(member.getValue(), exclude));
                    }
                }
                yield left;
            }
            case ArrayNode list -> {
                ArrayNode left = Json.array();
                for (JsonNode item : list) {
                    JsonNode inner = without(item, exclude);
                    if (item.isEmpty() || !emptied(inner)) {
                        left.add(inner);
                    }
                }
                yield left;
            }
            default -> value;
        };
    }

    private static JsonNode only(JsonNode value, Set<String> only) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode left = Json.object();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    JsonNode inner = member.getValue();
                    if (only.contains(member.getKey())) {
                        left.set(member.getKey(), inner.isContainer() ? named(inner, only) : inner);
                    } else if (inner.isContainer()) {
                        keep(left, member.getKey(), inner, only(inner, only));
                    }
                }
                yield left;
            }
            case ArrayNode list -> {
                ArrayNode left = Json.array();
                for (JsonNode item : list) {
                    JsonNode inner = item.isContainer() ? only(item, only) : item;
                    if (item.isContainer() && !emptied(inner)) {
                        left.add(inner);
                    }
                }
                yield left;
            }
            default -> value;
        };
    }

    /// A named member stays whole where nothing in it is named.
    private static JsonNode named(JsonNode inner, Set<String> only) {
        JsonNode filtered = only(inner, only);
        return emptied(filtered) ? inner : filtered;
    }

    private static void keep(ObjectNode left, String name, JsonNode before, JsonNode after) {
        if ((before.isEmpty() && before.isContainer()) || !emptied(after)) {
            left.set(name, after);
        }
    }

    private static boolean emptied(JsonNode value) {
        return value.isContainer() && value.isEmpty();
    }

    private static JsonNode cut(JsonNode value, int limit) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode left = Json.object();
                object.properties().forEach(member -> left.set(member.getKey(), cut(member.getValue(), limit)));
                yield left;
            }
            case ArrayNode list -> {
                ArrayNode left = Json.array();
                list.forEach(item -> left.add(cut(item, limit)));
                yield left;
            }
            default ->
                value.isString() && value.stringValue().length() > limit
                        ? JsonNodeFactory.instance.stringNode(shortened(value.stringValue(), limit))
                        : value;
        };
    }

    /// Never half a surrogate pair.
    private static String shortened(String text, int limit) {
        int end = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }
}
