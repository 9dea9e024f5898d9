package dev.toolkeep.console.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What docs/api.md promises: its routes, and the shape of each answer, read from the page itself.
///
/// @param routes by `METHOD /path` below `/api/v1`, in the order written
/// @param beside the routes of the other table, from the root
public record DocumentedApi(Map<String, Promise> routes, List<String> beside, Map<String, Shape> shapes) {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ /[^`]*)` \\|[^|]*\\| (?:(\\d{3}) )?`([^`]*)`.*");
    private static final Pattern BESIDE = Pattern.compile("\\| `([A-Z]+ /[^`]*)` \\|[^|]*\\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)`:((?:(?:,| or|)\\s+`\\{[^`]*\\}`)+)");
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

    /// The status and shape of one route's answer.
    public record Promise(int status, Shape answer) {}

    public static DocumentedApi read() {
        String page;
        try {
            page = Files.readString(Path.of("..", "docs", "api.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Promise> routes = new LinkedHashMap<>();
        List<String> beside = new ArrayList<>();
        for (String line : page.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                int status = row.group(2) == null ? 200 : Integer.parseInt(row.group(2));
                routes.put(row.group(1), new Promise(status, Shape.parse(row.group(3))));
            } else if (BESIDE.matcher(line).matches()) {
                beside.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        Map<String, Shape> shapes = new HashMap<>();
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            shapes.put(
                    named.group(1),
                    new Shape.OneOf(QUOTED.matcher(named.group(2))
                            .results()
                            .map(one -> Shape.parse(one.group(1)))
                            .toList()));
        }
        return new DocumentedApi(routes, List.copyOf(beside), Map.copyOf(shapes));
    }

    Promise promise(String route) {
        Promise promise = routes.get(route);
        if (promise == null) {
            throw new AssertionError("docs/api.md does not have " + route);
        }
        return promise;
    }
}
