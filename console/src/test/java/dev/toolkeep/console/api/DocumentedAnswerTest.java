package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Every route of docs/api.md answers with the status and the very fields the page says, and as /openapi.json says.
class DocumentedAnswerTest {
    private final DocumentedApi docs = DocumentedApi.read();
    private final Set<String> asked = new TreeSet<>();

    @Test
    void everyDocumentedRouteAnswersAsDocumented(@TempDir Path folder) {
        try (OpenConsole console = OpenConsole.open(folder);
                FakeManuals publisher = FakeManuals.start().offer(Offered.of("one"), Offered.of("two"))) {
            sources(console, publisher);
            tools(console, publisher);
            agents(console);
            policy(console);
            secrets(console);
            toolsets(console);
            state(console);
            ask(console, "DELETE /sources/{name}", "/sources/pets", "");
        }
        assertThat(asked).containsExactlyInAnyOrderElementsOf(docs.routes().keySet());
    }

    private void sources(OpenConsole console, FakeManuals publisher) {
        String reach = "\"reach\":[\"" + publisher.server().hostAndPort() + "\"]";
        String manual = "{\"name\":\"pets\",\"origin\":{\"kind\":\"manual\",\"location\":\"" + publisher.manualUrl()
                + "\"}," + reach + "}";
        ask(console, "POST /sources/preview", "/sources/preview", manual);
        JsonNode added = ask(console, "POST /sources", "/sources", manual);
        assertThat(added.path("drift").path("added")).hasSize(2);
        ask(console, "GET /sources/{name}", "/sources/pets", "");
        ask(console, "POST /sources/{name}/refresh", "/sources/pets/refresh", "");
        console.post(
                        "/sources",
                        "{\"name\":\"api\",\"origin\":{\"kind\":\"openapi\",\"location\":\"" + publisher.openApiUrl()
                                + "\",\"baseUrl\":\"" + publisher.server().at("/base") + "\"}," + reach + "}")
                .require(201);
        publisher.openApi(dev.toolkeep.testkit.fake.Reply.badJson());
        JsonNode refreshed = ask(console, "POST /sources/refresh", "/sources/refresh", "");
        assertThat(refreshed.findValuesAsString("code")).containsExactly("bad_answer");
        JsonNode all = ask(console, "GET /sources", "/sources", "");
        assertThat(all.path("sources").findValuesAsString("name")).contains("api", "keep", "pets");
    }

    private void tools(OpenConsole console, FakeManuals publisher) {
        String seen = seen(console, "pets.one");
        ask(
                console,
                "POST /tools/approve",
                "/tools/approve",
                "{\"tools\":[" + seen + "],\"expires\":\"2100-01-01T00:00:00Z\"}");
        publisher.offer(new Offered("one", "Does more", "{\"type\":\"object\"}"), Offered.of("two"));
        console.post("/sources/pets/refresh", "").require(200);
        ask(console, "GET /tools/show", "/tools/show?name=pets.one", "");
        ask(console, "GET /tools/versions", "/tools/versions?name=pets.one", "");
        JsonNode diff = ask(console, "GET /tools/diff", "/tools/diff?name=pets.one", "");
        assertThat(diff.path("changes")).isNotEmpty();
        ask(console, "POST /tools/reject", "/tools/reject", "{\"tools\":[" + seen(console, "pets.two") + "]}");
        ask(console, "POST /tools/revoke", "/tools/revoke", "{\"tools\":[\"pets.one\"]}");
        ask(console, "POST /tools/quarantine", "/tools/quarantine", "{\"tools\":[\"pets.one\"],\"reason\":\"odd\"}");
        ask(console, "GET /tools", "/tools?limit=2", "");
        ask(console, "POST /tools/release", "/tools/release", "{\"tools\":[\"pets.one\"]}");
        ask(console, "GET /tools", "/tools?match=pets.*&source=pets&status=pending&flagged=false&after=a&limit=9", "");
    }

    private void agents(OpenConsole console) {
        ask(
                console,
                "POST /agents",
                "/agents",
                "{\"id\":\"bob\",\"kind\":\"service\",\"roles\":[\"r\"],\"scopes\":[\"s\"]}");
        ask(console, "PUT /agents/{id}", "/agents/bob", "{\"roles\":[],\"scopes\":[\"t\"]}");
        ask(console, "POST /agents/{id}/keys", "/agents/bob/keys", "{}");
        JsonNode key =
                ask(console, "POST /agents/{id}/keys", "/agents/bob/keys", "{\"expires\":\"2100-01-01T00:00:00Z\"}");
        ask(
                console,
                "DELETE /agents/{id}/keys/{keyId}",
                "/agents/bob/keys/" + key.path("id").asString(),
                "");
        ask(console, "GET /agents", "/agents", "");
        ask(console, "DELETE /agents/{id}", "/agents/bob", "");
    }

    private void policy(OpenConsole console) {
        ask(console, "GET /policy", "/policy", "");
        ask(console, "PUT /policy", "/policy", "{\"yaml\":\"rules: []\",\"expected\":0}");
        ask(console, "POST /policy/check", "/policy/check", "{\"yaml\":\"rules: []\"}");
        ask(console, "POST /policy/check", "/policy/check", "{\"yaml\":\"rules: 7\"}");
        ask(
                console,
                "POST /policy/rules",
                "/policy/rules",
                "{\"effect\":\"allow\",\"tools\":[\"keep.*\"],\"roles\":[\"agent\"],\"when\":\"1 < 2\"}");
        ask(console, "POST /policy/explain", "/policy/explain", "{\"caller\":\"ann\",\"tool\":\"keep.clock\"}");
        ask(console, "GET /policy/history", "/policy/history", "");
        ask(console, "GET /policy", "/policy", "");
    }

    private void secrets(OpenConsole console) {
        ask(
                console,
                "PUT /secrets",
                "/secrets",
                "{\"name\":\"TOKEN\",\"grant\":\"source:pets\",\"value\":\"0123456789\"}");
        ask(console, "GET /secrets", "/secrets", "");
        ask(console, "DELETE /secrets", "/secrets?name=TOKEN&grant=source:pets", "");
    }

    private void toolsets(OpenConsole console) {
        JsonNode added = ask(
                console,
                "POST /toolsets",
                "/toolsets",
                "{\"name\":\"some\",\"title\":\"Some\",\"tools\":[\"pets.*\"],\"tags\":[]}");
        assertThat(added.path("found")).hasSize(2);
        assertThat(added.path("unprefixed").asBoolean()).isTrue();
        ask(console, "PUT /toolsets/{name}", "/toolsets/some", "{\"sources\":[\"keep\",\"pets\"]}");
        ask(console, "GET /toolsets/{name}", "/toolsets/some", "");
        JsonNode all = ask(console, "GET /toolsets", "/toolsets", "");
        assertThat(all.path("toolsets").path(0).path("found").asInt()).isEqualTo(5);
        for (String wrong : new String[] {
            "{\"name\":\"a\"}",
            "{\"name\":\"A B\",\"sources\":[\"pets\"]}",
            "{\"name\":\"a\",\"sources\":[\"No Source\"]}",
            "{\"name\":\"a\",\"tools\":[\"no pattern\"]}",
            "{\"name\":\"toolkeep\",\"sources\":[\"pets\"]}"
        }) {
            assertThat(console.post("/toolsets", wrong).status()).as(wrong).isEqualTo(422);
        }
        ask(console, "DELETE /toolsets/{name}", "/toolsets/some", "");
    }

    private void state(OpenConsole console) {
        ask(console, "GET /log", "/log?limit=3", "");
        ask(console, "GET /log", "/log?type=tool&after=0", "");
        ask(console, "GET /log/verify", "/log/verify", "");
        ask(console, "GET /facts", "/facts", "");
        JsonNode doctor = ask(console, "GET /doctor", "/doctor", "");
        assertThat(doctor.path("findings")).isNotEmpty();
    }

    private static String seen(OpenConsole console, String tool) {
        JsonNode shown = console.get("/tools/show?name=" + tool).require(200);
        return "{\"name\":\"" + tool + "\",\"digest\":\"" + shown.path("digest").asString() + "\"}";
    }

    private JsonNode ask(OpenConsole console, String route, String path, String body) {
        DocumentedApi.Promise promise = docs.promise(route);
        asked.add(route);
        String method = route.substring(0, route.indexOf(' '));
        Answer answer = body.isEmpty()
                ? console.ask(method, OpenConsole.API + path, BodyPublishers.noBody())
                : console.ask(
                        method,
                        OpenConsole.API + path,
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json");
        JsonNode json = answer.require(promise.status());
        assertThat(answer.header("Content-Type")).as(route).isEqualTo("application/json");
        assertThat(promise.answer().misfit(json, docs.shapes(), route)).isEmpty();
        String template = OpenConsole.API + route.substring(method.length() + 1).replace("{keyId}", "{key}");
        assertThat(described(console).misfits(method, template, promise.status(), json))
                .as(route)
                .isEmpty();
        if (!body.isEmpty()) {
            assertThat(described(console).misfits(method, template, Answer.json(body)))
                    .as(route)
                    .isEmpty();
        }
        return json;
    }

    private static Described described(OpenConsole console) {
        return new Described(
                console.ask("GET", "/openapi.json", BodyPublishers.noBody()).require(200));
    }
}
