package dev.toolkeep.protocol.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of one request, each name once whatever its case, each value checked as it is put in.
final class HeaderSet {
    private final Map<String, HttpPlan.Header> headers = HashMap.newHashMap(8);

    void put(String name, String value) throws Unsendable {
        headers.put(name.toLowerCase(Locale.ROOT), new HttpPlan.Header(name, HeaderRules.checkValue(name, value)));
    }

    void putIfAbsent(String name, String value) {
        headers.putIfAbsent(name.toLowerCase(Locale.ROOT), new HttpPlan.Header(name, value));
    }

    @Nullable
    String value(String name) {
        HttpPlan.Header header = headers.get(name.toLowerCase(Locale.ROOT));
        return header == null ? null : header.value();
    }

    List<HttpPlan.Header> list() {
        return List.copyOf(headers.values());
    }
}
