package dev.toolkeep.console.api;

import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import tools.jackson.databind.JsonNode;

/// A source `pets` of a console's, and what its operator saw of it.
record Publisher(OpenConsole console, FakeManuals manuals) implements AutoCloseable {
    static Publisher of(OpenConsole console, Offered... tools) {
        FakeManuals manuals = FakeManuals.start().offer(tools);
        console.post("/sources", source("pets", manuals)).require(201);
        return new Publisher(console, manuals);
    }

    static String source(String name, FakeManuals manuals) {
        return "{\"name\":\"" + name + "\",\"origin\":{\"kind\":\"manual\",\"location\":\"" + manuals.manualUrl()
                + "\"},\"reach\":[\"" + manuals.server().hostAndPort() + "\"]}";
    }

    /// From now on it offers these, and Toolkeep knows.
    void offer(Offered... tools) {
        manuals.offer(tools);
        console.post("/sources/pets/refresh", "").require(200);
    }

    /// `{name, digest}` as it is offered now.
    String seen(String tool) {
        JsonNode shown = console.get("/tools/show?name=" + tool).require(200);
        return "{\"name\":\"" + tool + "\",\"digest\":\"" + shown.path("digest").asString() + "\"}";
    }

    String status(String tool) {
        return console.get("/tools/show?name=" + tool)
                .require(200)
                .path("tool")
                .path("status")
                .asString();
    }

    @Override
    public void close() {
        manuals.close();
    }
}
