package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.HttpCall;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class GraphQlTemplatesTest {
    @Test
    void aManualsTemplateIsReadWithItsDocument() throws Malformed {
        GraphQl read = read("query", "", "query pet($id: ID!) { pet(id: $id) { name } }");
        assertThat(read.operation()).isEqualTo(GraphQl.Operation.QUERY);
        assertThat(read.document()).isEqualTo("query pet($id: ID!) { pet(id: $id) { name } }");
        assertThat(read.request().method()).isEqualTo(HttpCall.Method.POST);
        assertThat(read.request().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    /// The wrong advisory check took `http://localhost.evil.example` for this machine: hosts are compared whole here.
    @Test
    void theHostIsTheUrlsOwnAndNothingElse() throws Malformed {
        ObjectNode json = template("query", "", "{ a }").put("url", "http://localhost.evil.example/graphql");
        assertThat(Templates.hosts(Templates.fromJson(json))).containsExactly("localhost.evil.example:80");
        assertThatThrownBy(
                        () -> Templates.fromJson(template("query", "", "{ a }").put("url", "ws://localhost/")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Templates.fromJson(
                        template("query", "", "{ a }").put("url", "https://a.example/{tenant}/graphql")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("takes no arguments");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query|a|query a { x } mutation b { y }",
                "mutation|b|query a { x } mutation b { y }",
                "query||{ x }",
                "query||fragment F on A { q } query { x }",
                "subscription||subscription($a: [In!] = [{b: \"}\"}]) @d(x: {y: 1}) { x(a: $a) }",
            })
    void theOperationThatRunsIsFound(String type, String name, String document) throws Malformed {
        assertThat(read(type, name == null ? "" : name, document).operation().name())
                .isEqualToIgnoringCase(type);
    }

    @Test
    void commentsAndBlockTextsAreNotRead() throws Malformed {
        read("mutation", "", "# query q { a }\nmutation { x }");
        read("mutation", "", " , mutation m { x(a: \"\"\"} query \\\"\"\" { \"\"\") }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query||mutation { x }",
                "query|b|query a { x } mutation b { y }",
                "query||query a { x } query b { y }",
                "query|c|query a { x } query b { y }",
                "query|a|query a { x } query a { y }",
                "query||query a { x",
                "query||query a { x(y: [) ] }",
                "query||type Query { a: Int }",
                "query||query a { x(y: \"unended) }",
                "query||}",
                "query||query a { x } trailing",
                "execute||{ x }",
            })
    void aDocumentThatIsNotWhatTheTemplateSaysIsRefused(String type, String name, String document) {
        assertThatThrownBy(() -> read(type, name == null ? "" : name, document)).isInstanceOf(Malformed.class);
    }

    @Test
    void theTokenEndpointIsAmongItsHosts() throws Malformed {
        ObjectNode json = template("query", "", "{ a }");
        json.putObject("auth")
                .put("auth_type", "oauth2")
                .put("token_url", "https://login.example/token")
                .put("client_id", "c")
                .put("client_secret", "${S}")
                .put("scope", "read");
        assertThat(Templates.hosts(Templates.fromJson(json))).containsExactly("login.example:443", "pets.example:443");
    }

    @Test
    void withoutADocumentItSaysWhereOneComesFrom() {
        ObjectNode json = template("query", "", "");
        json.remove("query");
        assertThatThrownBy(() -> Templates.fromJson(json))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("adds it as a source of kind graphql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query_params", "content_type"})
    void aFieldThatWouldChangeTheRequestIsNamed(String field) {
        assertThatThrownBy(
                        () -> Templates.fromJson(template("query", "", "{ a }").put(field, "x")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(field);
    }

    @Test
    void deepNestingAndLongTextEnd() {
        assertThatThrownBy(() -> read("query", "", "{".repeat(300) + "}".repeat(300)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("query", "", "{ a }" + " ".repeat(300_000)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void whateverTextComesIsReadOrRefused() {
        Random random = new Random(3);
        String alphabet = "{}()[]\"#\\\n $@!abquery:,";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("query q ");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(read("query", "", text.toString()).document()).isEqualTo(text.toString());
            } catch (Malformed refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    private static GraphQl read(String type, String name, String document) throws Malformed {
        CallTemplate read = Templates.fromJson(template(type, name, document));
        assertThat(Templates.fromJson(Templates.toJson(read))).isEqualTo(read);
        return (GraphQl) read;
    }

    private static ObjectNode template(String type, String name, String document) {
        ObjectNode json = Json.object()
                .put("call_template_type", "graphql")
                .put("url", "https://pets.example/graphql")
                .put("operation_type", type)
                .put("query", document);
        return name.isEmpty() ? json : json.put("operation_name", name);
    }
}
