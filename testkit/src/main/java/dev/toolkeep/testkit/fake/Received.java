package dev.toolkeep.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request as it arrived. Header names are lower-case; `query` is raw and empty where there was none.
public record Received(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    public Received {
        headers = Map.copyOf(headers);
    }

    /// The first value of this header.
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
