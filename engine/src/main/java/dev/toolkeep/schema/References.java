package dev.toolkeep.schema;

import dev.toolkeep.wire.Malformed;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// The references of one schema and what they may refer to: the schema itself, and the resources and anchors inside
/// it. Anything else would have to be fetched, and nothing is. Used once.
final class References {
    private final Map<String, JsonNode> resources = new HashMap<>();
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();

    record Reference(String base, String text, String place) {}

    /// What a reference leads to, and the base its own references are resolved against.
    record Target(JsonNode schema, String base) {}

    void root(JsonNode schema) {
        resources.put("", schema);
    }

    /// Takes note of the resource that `id` opens and returns its base.
    String resource(String base, String id, JsonNode schema, String place) throws Malformed {
        String address = resolved(base, withoutFragment(id), place);
        resources.putIfAbsent(address, schema);
        int fragment = id.indexOf('#');
        if (fragment >= 0 && fragment + 1 < id.length()) {
            anchors.putIfAbsent(address + id.substring(fragment), schema);
        }
        return address;
    }

    void anchor(String base, String name, JsonNode schema) {
        anchors.putIfAbsent(base + "#" + name, schema);
    }

    void add(String base, String text, String place) {
        references.add(new Reference(base, text, place));
    }

    /// Those added since the last call.
    List<Reference> drain() {
        List<Reference> drained = List.copyOf(references);
        references.clear();
        return drained;
    }

    Target target(Reference reference) throws Malformed {
        String address = resolved(reference.base, withoutFragment(reference.text), reference.place);
        JsonNode resource = resources.get(address);
        if (resource == null) {
            throw new Malformed("the reference at " + reference.place
                    + " leads outside the schema; nothing is ever fetched for one");
        }
        int hash = reference.text.indexOf('#');
        String fragment = hash < 0 ? "" : reference.text.substring(hash + 1);
        JsonNode found = fragment.isEmpty() ? resource : inside(resource, address, fragment);
        if (found == null) {
            throw new Malformed("the reference at " + reference.place + " leads to nothing");
        }
        return new Target(found, address);
    }

    private @Nullable JsonNode inside(JsonNode resource, String address, String fragment) {
        if (!fragment.startsWith("/")) {
            return anchors.get(address + "#" + fragment);
        }
        try {
            JsonNode found = resource.at(
                    JsonPointer.compile(URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8)));
            return found.isMissingNode() ? null : found;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutFragment(String text) {
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }

    private static String resolved(String base, String text, String place) throws Malformed {
        if (text.isEmpty()) {
            return base;
        }
        try {
            URI uri = new URI(text);
            return (base.isEmpty() ? uri : new URI(base).resolve(uri)).toString();
        } catch (URISyntaxException e) {
            throw new Malformed("the address at " + place + " is not a URI");
        }
    }
}
