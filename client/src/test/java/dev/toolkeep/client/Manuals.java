package dev.toolkeep.client;

import dev.toolkeep.testkit.fake.FakeHttpTool;

/// UTCP manuals as texts.
final class Manuals {
    private Manuals() {}

    /// A manual with these tools.
    static String of(String... tools) {
        return "{\"utcp_version\":\"1.1.0\",\"manual_version\":\"1.0.0\",\"tools\":[" + String.join(",", tools) + "]}";
    }

    /// `GET {path}?city=…` at `server`.
    static String get(String name, FakeHttpTool server, String path) {
        return tool(name, "Weather of a city", """
                {"call_template_type":"http","http_method":"GET","url":"%s"}""".formatted(server.at(path)));
    }

    /// One that takes a `city` of 2 characters or more.
    static String tool(String name, String description, String template) {
        return """
                {"name":"%s","description":"%s","tags":["weather"],
                 "inputs":{"type":"object","properties":{"city":{"type":"string","minLength":2}},"required":["city"]},
                 "tool_call_template":%s}""".formatted(name, description, template);
    }
}
