package dev.toolkeep.protocol.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Templates;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Schemas made tools; graphql-java says whether the documents fit.
class OperationToolsTest {
    private static final String SHOP = """
            "When."
            scalar Date
            enum Shelf { NOVEL POETRY }
            interface Named { name: String! }
            type Author implements Named { name: String! born: Date books(first: Int): [Book!]! favourite: Book }
            type Shop implements Named { name: String! open: Boolean! rating: Float books(limit: Int): [Book!]! }
            type Book {
              id: ID! title: String! shelf: Shelf by: Author! price(in: String!): Int
              old: String @deprecated(reason: "no more") prices: [[Int!]]! rating: Int!
            }
            union Found = Author | Book | Shop
            input Wish { title: String! shelf: Shelf = NOVEL and: [Wish!] when: Date }
            type Query {
              "One book."
              book(id: ID!): Book
              search("what to look for" text: String!, most: Int = 10, shelves: [Shelf!]): [Found!]!
              named: Named
              count: Int!
              matrix(cells: [[Float]]): [[Float]]
              again: Query
            }
            type Mutation { add(wish: Wish!, notify: Boolean): Book! book(id: ID!): Boolean }
            type Subscription { added(shelf: Shelf): Book! }
            """;

    @Test
    void everyRootFieldIsAToolWhoseDocumentFitsTheSchema() throws Malformed {
        Judge judge = Judge.of(SHOP);
        List<ToolDefinition> tools = judge.tools().tools();
        assertThat(tools.stream().map(tool -> tool.name().name()))
                .containsExactly(
                        "query.book",
                        "query.search",
                        "query.named",
                        "query.count",
                        "query.matrix",
                        "query.again",
                        "mutation.add",
                        "mutation.book",
                        "subscription.added");
        for (ToolDefinition tool : tools) {
            assertThat(judge.errors(Judge.document(tool)))
                    .as(Judge.document(tool))
                    .isEmpty();
            assertThat(Templates.fromJson(Templates.toJson(tool.template()))).isEqualTo(tool.template());
        }
    }

    @Test
    void aSelectionHoldsTheFieldsOfObjectsInsideAndNothingThatNeedsAnArgument() throws Malformed {
        String document = Judge.document(Judge.of(SHOP).tool("query.book"));
        assertThat(document)
                .isEqualTo("query book($id: ID!) { book(id: $id) { id title shelf prices rating by { name born } } }")
                .doesNotContain("price ", "old", "books");
    }

    @Test
    void whatClashesInAUnionGetsAnotherName() throws Malformed {
        String document = Judge.document(Judge.of(SHOP).tool("query.search"));
        assertThat(document)
                .contains("__typename", "... on Author {", "... on Book {", "... on Shop {")
                .contains("Shop_rating: rating");
    }

    @Test
    void aTypeThatHoldsItselfEnds() throws Malformed {
        assertThat(Judge.document(Judge.of(SHOP).tool("query.again"))).startsWith("query again { again { ");
        Judge ring = Judge.of("type Query { a: A } type A { b: B! } type B { c: C! } type C { a: A! }");
        String document = Judge.document(ring.tool("query.a"));
        assertThat(document).isEqualTo("query a { a { __typename } }");
        assertThat(ring.errors(document)).isEmpty();
    }

    @Test
    void variablesAreAJsonSchemaOfTheArguments() throws Malformed {
        Judge judge = Judge.of(SHOP);
        assertThat(Json.text(judge.tool("query.search").inputs()))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"text\":{\"type\":\"string\",\"description\":\"what to look for\"},"
                        + "\"most\":{\"type\":[\"integer\",\"null\"],\"minimum\":-2147483648,\"maximum\":2147483647,"
                        + "\"description\":\"Default: 10\"},"
                        + "\"shelves\":{\"type\":[\"array\",\"null\"],\"items\":{\"$ref\":\"#/$defs/Shelf\"}}},"
                        + "\"required\":[\"text\"],\"additionalProperties\":false,"
                        + "\"$defs\":{\"Shelf\":{\"type\":\"string\",\"enum\":[\"NOVEL\",\"POETRY\"]}}}");
        String add = Json.text(judge.tool("mutation.add").inputs());
        assertThat(add)
                .contains("\"wish\":{\"$ref\":\"#/$defs/Wish\"}", "\"required\":[\"wish\"]")
                .contains("\"and\":{\"type\":[\"array\",\"null\"],\"items\":{\"$ref\":\"#/$defs/Wish\"}}")
                .contains("\"when\":{\"description\":\"Date When.\"}")
                .contains("\"shelf\":{\"anyOf\":[{\"$ref\":\"#/$defs/Shelf\"},{\"type\":\"null\"}],"
                        + "\"description\":\"Default: NOVEL\"}");
    }

    @Test
    void aMutationIsAMutationAndASubscriptionOne() throws Malformed {
        Judge judge = Judge.of(SHOP);
        assertThat(((GraphQl) judge.tool("mutation.add").template()).operation())
                .isEqualTo(GraphQl.Operation.MUTATION);
        assertThat(Judge.document(judge.tool("mutation.add")))
                .startsWith("mutation add($wish: Wish!, $notify: Boolean) { add(wish: $wish, notify: $notify) {");
        assertThat(((GraphQl) judge.tool("subscription.added").template()).operation())
                .isEqualTo(GraphQl.Operation.SUBSCRIPTION);
    }

    @Test
    void aWideSchemaIsSelectedUpToItsBoundAndStillFits() throws Malformed {
        StringBuilder sdl = new StringBuilder("type Query { t0: T0 t49: T49 }\n");
        for (int i = 0; i < 50; i++) {
            sdl.append("type T").append(i).append(" { ");
            for (int j = 0; j < 50; j++) {
                sdl.append("f").append(j).append(": T").append((i + j) % 50).append(" ");
                sdl.append("s").append(j).append(": String ");
            }
            sdl.append("}\n");
        }
        Judge judge = Judge.of(sdl.toString());
        for (ToolDefinition tool : judge.tools().tools()) {
            String document = Judge.document(tool);
            assertThat(document.split("[ {}]+")).hasSizeBetween(60, 220);
            assertThat(judge.errors(document)).isEmpty();
        }
    }

    @Test
    void whatASchemaWithThousandsOfInputsBringsStaysBounded() throws Malformed {
        StringBuilder sdl = new StringBuilder();
        StringBuilder query = new StringBuilder("type Query { ");
        for (int i = 0; i < 400; i++) {
            query.append("q").append(i).append("(in: I").append(i).append("!): Int ");
            sdl.append("input I").append(i).append(" { ");
            for (int j = 0; j < 40; j++) {
                sdl.append("f")
                        .append(j)
                        .append(": I")
                        .append((i + j + 1) % 400)
                        .append(" ");
            }
            sdl.append("}\n");
        }
        List<ToolDefinition> tools =
                Judge.of(query.append("}\n").append(sdl).toString()).tools().tools();
        assertThat(tools.size()).isEqualTo(400);
        for (ToolDefinition tool : tools) {
            int most = Json.text(tool.inputs()).length();
            assertThat(most).isBetween(30_000, 80_000);
        }
    }

    @Test
    void moreRootFieldsThanASourceMayBringAreNamed() throws Malformed {
        StringBuilder sdl = new StringBuilder("type Query { ");
        for (int i = 0; i < 5_003; i++) {
            sdl.append("f").append(i).append(": Int ");
        }
        var manual = Judge.of(sdl.append("}").toString()).tools();
        assertThat(manual.tools()).hasSize(5_000);
        assertThat(manual.leftOut().stream().map(LeftOut::name))
                .containsExactly("query.f5000", "query.f5001", "query.f5002");
    }
}
