package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the log page after page through the administration API. Always oldest first.
final class LogPages {
    /// The most the API gives at once.
    private static final int PAGE = 1000;

    private final AdminApi api;
    private final Map<String, String> filter;

    /// @param filter the API's own: type, caller, tool, from, to
    LogPages(AdminApi api, Map<String, String> filter) {
        this.api = api;
        this.filter = Map.copyOf(filter);
    }

    /// What is done with a record.
    @FunctionalInterface
    interface Sink {
        void take(JsonNode record) throws Failed;
    }

    /// The newest `limit` records.
    ObjectNode newest(int limit) throws Failed {
        List<JsonNode> records = new ArrayList<>();
        String before = "";
        while (records.size() < limit) {
            int size = Math.min(PAGE, limit - records.size());
            ObjectNode page = page("before", before, size);
            page.path("records").forEach(records::add);
            if (!page.has("next")) {
                break;
            }
            before = page.path("next").asString("");
        }
        Collections.reverse(records);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("records");
        records.forEach(all::add);
        return answer;
    }

    /// Every record after number `after`, as far as they go now.
    ///
    /// @return the number of the last one, or `after` where there was none
    long after(long after, Sink sink) throws Failed {
        long last = after;
        while (true) {
            ObjectNode page = page("after", String.valueOf(last), PAGE);
            for (JsonNode record : page.path("records")) {
                sink.take(record);
                last = record.path("seq").asLong(last);
            }
            if (!page.has("next")) {
                return last;
            }
        }
    }

    private ObjectNode page(String from, String number, int size) throws Failed {
        Map<String, String> query = new HashMap<>(filter);
        query.put(from, number);
        query.put("limit", String.valueOf(size));
        return api.get("/log", query);
    }
}
