package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DefinitionsTest {
    private static final String JSON = """
            {"name":"pets.get","title":"Get","description":"Gets a pet",
             "inputs":{"type":"object","properties":{"id":{"const":1}}},"outputs":{},"annotations":{"readOnlyHint":true},
             "tags":["a","b"],"tool_call_template":{"call_template_type":"text","content":"x"},
             "hosts":["a.example:443"],"label":"1.0.0"}
            """;

    @Test
    void everyDefinitionSurvivesItsJson() throws Malformed {
        for (CallTemplate template : Samples.TEMPLATES) {
            ObjectNode json = sample();
            json.set("tool_call_template", Templates.toJson(template));
            ToolDefinition read = Definitions.fromJson(json);

            assertThat(Definitions.fromJson(Definitions.toJson(read))).isEqualTo(read);
            assertThat(Definitions.toJson(read)).isEqualTo(json);
        }
    }

    @Test
    void everyFieldButTheLabelChangesTheDigest() throws Malformed {
        List<String> changes = List.of(
                "{\"name\":\"pets.got\"}",
                "{\"title\":\"get\"}",
                "{\"description\":\"Gets a pet.\"}",
                "{\"inputs\":{\"type\":\"object\",\"properties\":{\"id\":{\"const\":2}}}}",
                "{\"outputs\":{\"type\":\"string\"}}",
                "{\"annotations\":{\"readOnlyHint\":false}}",
                "{\"tags\":[\"a\"]}",
                "{\"tool_call_template\":{\"call_template_type\":\"text\",\"content\":\"y\"}}",
                "{\"tool_call_template\":{\"call_template_type\":\"builtin\",\"function\":\"x\"}}",
                "{\"hosts\":[\"a.example:444\"]}");
        HashSet<Digest> digests = new HashSet<>(List.of(digest(sample())));
        for (String change : changes) {
            ObjectNode changed = sample();
            Samples.json(change).properties().forEach(member -> changed.set(member.getKey(), member.getValue()));
            assertThat(digests.add(digest(changed))).as(change).isTrue();
        }

        assertThat(digest(sample().put("label", "2.0.0"))).isEqualTo(digest(sample()));
        ObjectNode unlabelled = sample();
        unlabelled.remove("label");
        assertThat(digest(unlabelled)).isEqualTo(digest(sample()));
    }

    @Test
    void everyPartOfATemplateChangesTheDigest() throws Malformed {
        ObjectNode http = Templates.toJson(Samples.HTTP);
        List<String> changes = List.of(
                "{\"http_method\":\"PUT\"}",
                "{\"url\":\"https://api.example:8443/pets/{id}?v=2\"}",
                "{\"content_type\":\"text/plain\"}",
                "{\"headers\":{\"Accept\":\"application/json\"}}",
                "{\"body_field\":null}",
                "{\"header_fields\":[]}",
                "{\"auth\":null}",
                "{\"auth\":{\"auth_type\":\"api_key\",\"api_key\":\"Bearer ${OTHER}\",\"var_name\":\"Authorization\"}}",
                "{\"timeout\":3}");
        HashSet<Digest> digests = new HashSet<>();
        digests.add(digest(sample().set("tool_call_template", http)));
        for (String change : changes) {
            ObjectNode changed = http.deepCopy();
            Samples.json(change).properties().forEach(member -> changed.set(member.getKey(), member.getValue()));
            assertThat(digests.add(digest(sample().set("tool_call_template", changed))))
                    .as(change)
                    .isTrue();
        }
    }

    @Test
    void theOrderOfMembersAndTheSpellingOfNumbersDoNotChangeTheDigest() throws Malformed {
        ObjectNode shuffled = Json.object();
        List<String> names = new ArrayList<>(sample().propertyNames());
        names.reversed().forEach(name -> shuffled.set(name, sample().get(name)));
        shuffled.set("inputs", Samples.json("{\"properties\":{\"id\":{\"const\":1.0e0}},\"type\":\"object\"}"));

        assertThat(digest(shuffled)).isEqualTo(digest(sample()));
    }

    @Test
    void numbersThatOneDoubleStandsForStillHaveTwoDigests() throws Malformed {
        HashSet<Digest> digests = new HashSet<>();
        for (String number : List.of(
                "9007199254740992",
                "9007199254740993",
                "1234567890123456788",
                "1234567890123456789",
                "0.1",
                "0.10000000000000000555")) {
            ObjectNode json = sample();
            json.set("inputs", Samples.json("{\"const\":" + number + "}"));
            assertThat(digests.add(digest(json))).as(number).isTrue();
        }
        ObjectNode text = sample();
        text.set("inputs", Samples.json("{\"const\":\"9007199254740993\"}"));
        assertThat(digests.add(digest(text))).isTrue();
    }

    @Test
    void theDigestIsTheSha256OfTheCanonicalForm() throws Malformed {
        ObjectNode json = sample();
        json.remove("label");

        assertThat(digest(sample())).isEqualTo(Digest.of(CanonicalJson.bytes(json)));
    }

    @Test
    void whatIsMissingOrOfTheWrongKindIsMalformed() {
        for (String name :
                List.of("name", "title", "description", "inputs", "outputs", "annotations", "tool_call_template")) {
            ObjectNode json = sample();
            json.remove(name);
            assertThatThrownBy(() -> Definitions.fromJson(json)).as(name).isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> Definitions.fromJson(sample().put("name", "nodot")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Definitions.fromJson(sample().put("name", "a..\u202e")))
                .isInstanceOf(Malformed.class);
    }

    private static ObjectNode sample() {
        return (ObjectNode) Samples.json(JSON);
    }

    private static Digest digest(ObjectNode json) throws Malformed {
        return Definitions.digest(Definitions.fromJson(json));
    }
}
