package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    static final String URL = "https://docs.example/api/openapi.yaml";

    static final String PETS = """
            openapi: 3.0.3
            info: {title: Pets, version: 1.4.0}
            servers: [{url: /v1}]
            security: [{api_key: []}]
            components:
              securitySchemes:
                api_key: {type: apiKey, in: header, name: X-Key}
                other: {type: http, scheme: bearer}
                pair: {type: http, scheme: basic}
              parameters:
                Id: {name: id, in: path, required: true, description: Which, schema: {type: string}}
              schemas:
                Kind: {type: string, enum: [cat, dog]}
                Pet:
                  type: object
                  required: [id, name]
                  properties:
                    id: {type: integer, readOnly: true}
                    name: {type: string, nullable: true, example: Rex}
                    kind: {$ref: '#/components/schemas/Kind'}
                    parent: {$ref: '#/components/schemas/Pet'}
                    age: {type: integer, minimum: 0, exclusiveMinimum: true}
            paths:
              /pets/{id}:
                parameters: [{$ref: '#/components/parameters/Id'}]
                get:
                  operationId: getPet
                  summary: One pet
                  description: Finds one pet.
                  tags: [pets]
                  security: []
                  responses:
                    200: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                put:
                  operationId: putPet
                  summary: Replace
                  security: [{other: []}]
                  parameters:
                    - {name: If-Match, in: header, schema: {type: string}}
                    - {name: Authorization, in: header, schema: {type: string}}
                    - {name: dry, in: query, schema: {type: boolean}}
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
                  responses: {204: {description: done}}
              /pets:
                get:
                  parameters:
                    - {name: tag, in: query, schema: {type: array, items: {type: string}}}
                  security: [{pair: []}]
                  responses: {default: {description: any}}
            """;

    @Test
    void everyOperationBecomesOneTool() throws Malformed {
        Manual manual = read(PETS);

        assertThat(manual.leftOut()).isEmpty();
        assertThat(manual.tools())
                .extracting(tool -> tool.name().text())
                .containsExactly("pets.getPet", "pets.putPet", "pets.get_pets");
        ToolDefinition get = manual.tools().getFirst();
        assertThat(get.title()).isEqualTo("One pet");
        assertThat(get.description()).isEqualTo("Finds one pet.");
        assertThat(get.tags()).containsExactly("pets");
        assertThat(get.label()).isEqualTo("1.4.0");
        assertThat(get.hosts()).containsExactly("docs.example:443");
        HttpCall template = http(get);
        assertThat(template.url()).isEqualTo("https://docs.example/v1/pets/{id}");
        assertThat(template.method()).isEqualTo(HttpCall.Method.GET);
        assertThat(template.body()).isEqualTo(new HttpCall.Body.None());
    }

    @Test
    void parametersAndBodyBecomeOneArgumentsObject() throws Malformed {
        ToolDefinition put = tool(read(PETS), "putPet");

        assertThat(http(put).headerFields()).containsExactly("If-Match");
        assertThat(http(put).body()).isEqualTo(new HttpCall.Body.Field("body"));
        assertThat(put.inputs()).isEqualTo(Samples.json("""
                        {"type":"object","properties":{
                          "id":{"type":"string","description":"Which"},
                          "If-Match":{"type":"string"},
                          "dry":{"type":"boolean"},
                          "body":{"type":"object","required":["name"],"properties":{
                            "id":{"type":"integer","readOnly":true},
                            "name":{"type":["string","null"],"examples":["Rex"]},
                            "kind":{"type":"string","enum":["cat","dog"]},
                            "parent":{"$ref":"#/$defs/Pet"},
                            "age":{"type":"integer","exclusiveMinimum":0}}}},
                         "required":["id","body"],"additionalProperties":false,
                         "$defs":{"Pet":{"type":"object","required":["name"],"properties":{
                            "id":{"type":"integer","readOnly":true},
                            "name":{"type":["string","null"],"examples":["Rex"]},
                            "kind":{"type":"string","enum":["cat","dog"]},
                            "parent":{"$ref":"#/$defs/Pet"},
                            "age":{"type":"integer","exclusiveMinimum":0}}}}}
                        """));
    }

    @Test
    void theAnswerOfASuccessIsTheOutput() throws Malformed {
        JsonNode outputs = tool(read(PETS), "getPet").outputs();

        assertThat(outputs.at("/required").toString()).isEqualTo("[\"id\",\"name\"]");
        assertThat(outputs.at("/properties/parent/$ref").stringValue()).isEqualTo("#/$defs/Pet");
        assertThat(outputs.at("/$defs/Pet/type").stringValue()).isEqualTo("object");
        assertThat(tool(read(PETS), "putPet").outputs()).isEqualTo(Json.object());
        String two = operation(
                "responses: {200: {content: {application/json: {schema: {type: string}}}},"
                        + " 201: {content: {application/json: {schema: {type: integer}}}}, 404: {content: {application/json: {schema: {}}}}}");
        assertThat(tool(read(two), "op").outputs())
                .isEqualTo(Samples.json("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}"));
        String silent = operation("responses: {200: {content: {application/json: {schema: {type: string}}}},"
                + " 201: {content: {application/json: {}}}}");
        assertThat(tool(read(silent), "op").outputs()).isEqualTo(Json.object());
    }

    @Test
    void securityBecomesOnePlaceholderAScheme() throws Malformed {
        Manual manual = read(PETS);

        assertThat(http(tool(manual, "putPet")).auth())
                .isEqualTo(new Auth.ApiKey("Bearer ${OTHER}", "Authorization", Auth.Location.HEADER));
        assertThat(http(tool(manual, "get_pets")).auth())
                .isEqualTo(new Auth.Basic("${PAIR_USERNAME}", "${PAIR_PASSWORD}"));
        String inherited = PETS.replace("security: [{pair: []}]", "summary: x");
        assertThat(http(tool(read(inherited), "get_pets")).auth())
                .isEqualTo(new Auth.ApiKey("${API_KEY}", "X-Key", Auth.Location.HEADER));
    }

    @Test
    void aPublicOperationGetsNoCredentialAlthoughTheDocumentHasOne() throws Malformed {
        assertThat(http(tool(read(PETS), "getPet")).auth()).isEqualTo(new Auth.None());
    }

    @Test
    void theFirstAlternativeThatCanBeHonouredIsTaken() throws Malformed {
        assertThat(auth("[{}, {key: []}]")).isEqualTo(new Auth.ApiKey("${KEY}", "k", Auth.Location.QUERY));
        assertThat(auth("[{tls: []}, {key: []}]")).isEqualTo(new Auth.ApiKey("${KEY}", "k", Auth.Location.QUERY));
        assertThat(auth("[{tls: []}, {}]")).isEqualTo(new Auth.None());
        assertThat(auth("[{oauth: [read]}]"))
                .isEqualTo(new Auth.ApiKey("Bearer ${OAUTH}", "Authorization", Auth.Location.HEADER));
        Manual several = read(secured("[{key: [], app: []}]"));
        assertThat(http(tool(several, "op")).auth()).isEqualTo(new Auth.ApiKey("${KEY}", "k", Auth.Location.QUERY));
        assertThat(http(tool(several, "op")).headers())
                .containsEntry("X-App", "${APP}")
                .hasSize(1);
        leftOut(secured("[{tls: []}]"), "GET /x", "security of type 'mutualTLS' is not supported");
        leftOut(secured("[{unknown: []}]"), "GET /x", "wants a security scheme the document does not define");
        Manual turned = read(secured("[{app: [], key: []}]"));
        assertThat(http(tool(turned, "op")).auth()).isEqualTo(new Auth.ApiKey("${APP}", "X-App", Auth.Location.HEADER));
        assertThat(http(tool(turned, "op")).query())
                .containsEntry("k", "${KEY}")
                .hasSize(1);
        leftOut(secured("[{oauth: [], bearer: []}]"), "GET /x", "wants two credentials in one place");
    }

    @Test
    void everyRefusedOperationIsNamedAndTheOthersStay() throws Malformed {
        Manual manual = read("""
                openapi: 3.1.0
                info: {title: x, version: '1'}
                servers: [{url: 'https://a.example'}]
                webhooks: {ping: {post: {}}}
                paths:
                  /good: {get: {operationId: good}}
                  /head: {head: {}}
                  /none: {post: {requestBody: {required: true, content: {}}}}
                  /far: {get: {parameters: [{$ref: 'other.yaml#/x'}]}}
                  /far2: {get: {responses: {200: {content: {application/json: {schema: {$ref: 'https://e.example/s'}}}}}}}
                  /far3: {$ref: 'paths.yaml#/x'}
                  /gone: {get: {parameters: [{$ref: '#/components/parameters/Nope'}]}}
                  /loop: {get: {parameters: [{$ref: '#/paths/~1loop/get/parameters/0'}]}}
                  /cookie: {get: {parameters: [{name: 'c c', in: cookie, required: true, schema: {}}]}}
                  /undeclared/{id}: {get: {}}
                  /secret/${id}: {get: {parameters: [{name: id, in: path, required: true, schema: {}}]}}
                  /label/{id}: {get: {parameters: [{name: id, in: path, required: true, style: form, schema: {}}]}}
                  /deep: {get: {parameters: [{name: f, in: query, required: true, style: tabDelimited, schema: {type: object}}]}}
                  /odd: {get: 7}
                  no-slash: {get: {}}
                  /id: {get: {parameters: [{name: a, in: query, schema: {$id: 'https://e.example/', type: string}}]}}
                  x-extension: {get: {}}
                """);

        assertThat(manual.tools()).extracting(tool -> tool.name().name()).containsExactly("good");
        assertThat(manual.leftOut())
                .extracting(LeftOut::name)
                .containsExactly(
                        "HEAD /head",
                        "POST /none",
                        "GET /far",
                        "GET /far2",
                        "/far3",
                        "GET /gone",
                        "GET /loop",
                        "GET /cookie",
                        "GET /undeclared/{id}",
                        "GET /secret/${id}",
                        "GET /label/{id}",
                        "GET /deep",
                        "GET /odd",
                        "no-slash",
                        "GET /id",
                        "webhook ping");
        assertThat(manual.leftOut())
                .allSatisfy(left -> assertThat(left.reason()).isNotBlank());
    }

    @Test
    void anOptionalParameterThatCannotBeSentIsNamedWhileItsOperationStays() throws Malformed {
        Manual manual = read(
                operation(
                        "parameters: [{name: 'c c', in: cookie, schema: {}}, {name: f, in: query, style: label, schema: {type: object}},"
                                + " {name: l, in: query, style: own, schema: {type: array, items: {}}},"
                                + " {name: Host, in: header, schema: {type: string}}, {name: ok, in: query, schema: {type: string}}]"));

        assertThat(tool(manual, "op").inputs().get("properties").propertyNames())
                .containsExactly("ok");
        assertThat(manual.leftOut())
                .extracting(LeftOut::name)
                .containsExactly(
                        "GET /x, cookie parameter 'c c'",
                        "GET /x, query parameter 'f'",
                        "GET /x, query parameter 'l'",
                        "GET /x, header parameter 'Host'");
    }

    @Test
    void aParameterThatIsTheCredentialIsNoArgument() throws Malformed {
        String document = secured("[{app: []}]")
                .replace(
                        "get:",
                        "get:\n      parameters: [{name: x-app, in: header, required: true, schema: {type: string}}]");

        assertThat(tool(read(document), "op").inputs().get("properties").isEmpty())
                .isTrue();
    }

    @Test
    void bodiesAreJsonBeforeFormsBeforeText() throws Malformed {
        assertThat(contentType("{multipart/form-data: {}, application/json: {}}"))
                .isEqualTo("application/json");
        assertThat(contentType("{text/plain: {}, application/vnd.x+json: {}}")).isEqualTo("application/vnd.x+json");
        assertThat(contentType("{text/plain: {}, application/x-www-form-urlencoded: {}}"))
                .isEqualTo("application/x-www-form-urlencoded");
        assertThat(contentType("{'*/*': {}}")).isEqualTo("application/json");
    }

    @Test
    void aBodyYieldsItsNameToAParameter() throws Malformed {
        ToolDefinition op = tool(
                read(operation("parameters: [{name: body, in: query, schema: {type: string}}]\n"
                        + "      requestBody: {content: {application/json: {schema: {type: object}}}}")),
                "op");

        assertThat(http(op).body()).isEqualTo(new HttpCall.Body.Field("request_body"));
        assertThat(op.inputs().get("properties").propertyNames()).containsExactly("body", "request_body");
    }

    @Test
    void relativeServersAreResolvedAndVariablesStandAtTheirDefaults() throws Malformed {
        assertThat(url("servers: [{url: v2}]", URL, "")).isEqualTo("https://docs.example/api/v2/x");
        assertThat(url("servers: [{url: ../v2/}]", URL, "")).isEqualTo("https://docs.example/v2/x");
        assertThat(url("servers: []", URL, "")).isEqualTo("https://docs.example/x");
        assertThat(url("servers: [{url: //api.example/v2}]", URL, "")).isEqualTo("https://api.example/v2/x");
        assertThat(url(
                        "servers: [{url: 'https://{env}.r.example:{port}/{v}', variables: {env: {default: eu, enum: [eu]},"
                                + " port: {default: '8443'}, v: {default: v3}}}]",
                        URL,
                        ""))
                .isEqualTo("https://eu.r.example:8443/v3/x");
        assertThat(url("servers: [{url: 'https://a.example'}]", URL, "https://mine.example/base/"))
                .isEqualTo("https://mine.example/base/x");
    }

    @Test
    void theServerOfAnOperationWinsOverItsPathsAndTheDocuments() throws Malformed {
        String document = operation("servers: [{url: 'https://op.example'}]");
        assertThat(http(tool(read(document), "op")).url()).isEqualTo("https://op.example/x");
    }

    @Test
    void noServerVariableStaysOpen() throws Malformed {
        for (String servers : List.of(
                "[{url: 'https://{host}/'}]",
                "[{url: 'https://{host}/', variables: {host: {enum: [a]}}}]",
                "[{url: 'https://{host}/', variables: {host: {default: '{other}'}}}]",
                "[{url: 'https://{host}/', variables: {host: {default: 'a@b'}}}]",
                "[{url: 'https://{host}/', variables: {host: {default: '${SECRET}.example'}}}]",
                "[{url: 'https://a.example/{v'}]",
                "[{url: 'https://a.example/?x=1'}]",
                "[{url: 'ftp://a.example/'}]")) {
            Manual manual = OpenApi.read(
                    yaml(operation("summary: x")
                            .replace("servers: [{url: 'https://a.example'}]", "servers: " + servers)),
                    "pets",
                    URL,
                    "");
            assertThat(manual.tools()).as(servers).isEmpty();
            assertThat(manual.leftOut()).as(servers).hasSize(1);
        }
    }

    @Test
    void aDocumentFromElsewhereMayNotNameThisMachineOrItsNetwork() throws Malformed {
        for (String host : List.of(
                "127.0.0.1",
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "2130706433",
                "0x7f.1",
                "0177.0.0.1",
                "127.1",
                "[fe80::1]",
                "[fd00::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "metadata.google.internal",
                "printer.local",
                "db",
                "224.0.0.1",
                "198.18.0.1",
                "192.0.0.1")) {
            String servers = "servers: [{url: 'http://" + host + "/'}]";
            assertThatThrownBy(() -> url(servers, URL, "")).as(host).isInstanceOf(AssertionError.class);
            leftOut(
                    operation("summary: x").replace("servers: [{url: 'https://a.example'}]", servers),
                    "GET /x",
                    "a document from the network names a server on this machine");
            assertThat(url(servers, "", "")).as(host).startsWith("http://" + host + "/x");
            assertThat(url(servers, "http://127.0.0.1:9/openapi.json", "")).startsWith("http://" + host);
        }
        assertThat(url("servers: [{url: 'https://a.example'}]", URL, "http://127.0.0.1:8080"))
                .isEqualTo("http://127.0.0.1:8080/x");
        assertThat(url("servers: [{url: /v1}]", "http://10.0.0.5:81/openapi.json", ""))
                .isEqualTo("http://10.0.0.5:81/v1/x");
        for (String host : List.of("8.8.8.8", "api.example", "[2606:4700::1111]", "172.32.0.1")) {
            assertThat(url("servers: [{url: 'https://" + host + "'}]", URL, "")).isEqualTo("https://" + host + "/x");
        }
    }

    @Test
    void aRelativeServerOfADocumentWithoutAUrlNeedsABaseUrl() throws Malformed {
        Manual manual = OpenApi.read(yaml(PETS), "pets", "", "");

        assertThat(manual.tools()).isEmpty();
        assertThat(manual.leftOut()).hasSize(3);
        assertThat(manual.leftOut().getFirst().reason()).contains("give a base URL");
        assertThat(OpenApi.read(yaml(PETS), "pets", "", "https://b.example").tools())
                .hasSize(3);
    }

    @Test
    void schemasThatCallForEachOtherEndAsDefs() throws Malformed {
        ToolDefinition op = tool(
                read(operation("requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}")
                        + "components:\n  schemas:\n    A: {properties: {b: {$ref: '#/components/schemas/B', description: the b}}}\n"
                        + "    B: {properties: {a: {$ref: '#/components/schemas/A'}, c: {$ref: '#/components/schemas/x~1y'}}}\n"
                        + "    x/y: {properties: {b: {$ref: '#/components/schemas/B/properties/a'}}}\n"),
                "op");

        assertThat(op.inputs().get("$defs").propertyNames()).containsExactly("B", "A", "x_1y", "a");
        assertThat(op.inputs().at("/properties/body/properties/b"))
                .isEqualTo(Samples.json("{\"description\":\"the b\",\"allOf\":[{\"$ref\":\"#/$defs/B\"}]}"));
        assertThat(Json.text(op.inputs())).doesNotContain("#/components");
    }

    @Test
    void aSchemaSharedByManyOperationsDoesNotFillTheMemory() throws Malformed {
        StringBuilder document = new StringBuilder(
                "openapi: 3.0.0\ninfo: {}\nservers: [{url: 'https://a.example'}]\ncomponents:\n  schemas:\n    S:\n      properties:\n");
        for (int i = 0; i < 2_000; i++) {
            document.append("        p").append(i).append(": {type: string}\n");
        }
        document.append("paths:\n");
        for (int i = 0; i < 1_400; i++) {
            document.append("  /p")
                    .append(i)
                    .append(
                            ": {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}}}\n");
        }
        Manual manual = read(document.toString());

        assertThat(manual.tools()).hasSizeBetween(900, 1_000);
        assertThat(manual.tools().size() + manual.leftOut().size()).isEqualTo(1_400);
        assertThat(manual.leftOut().getLast().reason()).contains("too large");
    }

    @Test
    void everyToolReadHasADigestAndSurvivesTheGatewaysManual() throws Malformed {
        Manual manual = read(PETS);
        for (ToolDefinition tool : manual.tools()) {
            assertThat(Definitions.fromJson(Definitions.toJson(tool))).isEqualTo(tool);
        }
        assertThat(UtcpManuals.gatewayManual(manual.tools(), "https://k.example", "1")
                        .get("tools")
                        .size())
                .isEqualTo(3);
    }

    private static String operation(String fields) {
        return "openapi: 3.1.0\ninfo: {title: x, version: '1'}\nservers: [{url: 'https://a.example'}]\npaths:\n  /x:\n    get:\n"
                + "      operationId: op\n      " + fields + "\n";
    }

    private static String secured(String security) {
        return "openapi: 3.1.0\ninfo: {title: x, version: '1'}\nservers: [{url: 'https://a.example'}]\n"
                + "components:\n  securitySchemes:\n    key: {type: apiKey, in: query, name: k}\n    tls: {type: mutualTLS}\n"
                + "    oauth: {type: oauth2, flows: {}}\n    bearer: {type: http, scheme: Bearer}\n"
                + "    app: {type: apiKey, in: header, name: X-App}\npaths:\n  /x:\n    get:\n      operationId: op\n"
                + "      security: " + security + "\n";
    }

    private static Auth auth(String security) throws Malformed {
        return http(tool(read(secured(security)), "op")).auth();
    }

    private static String contentType(String content) throws Malformed {
        return http(tool(read(operation("requestBody: {content: " + content + "}")), "op"))
                .contentType();
    }

    private static String url(String servers, String documentUrl, String baseUrl) throws Malformed {
        String document = operation("summary: x").replace("servers: [{url: 'https://a.example'}]", servers);
        return http(tool(OpenApi.read(yaml(document), "pets", documentUrl, baseUrl), "op"))
                .url();
    }

    private static void leftOut(String document, String name, String reason) throws Malformed {
        Manual manual = read(document);
        assertThat(manual.tools()).isEmpty();
        assertThat(manual.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.name()).isEqualTo(name);
            assertThat(left.reason()).startsWith(reason);
        });
    }

    private static ToolDefinition tool(Manual manual, String name) {
        return manual.tools().stream()
                .filter(tool -> tool.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name + ": " + manual.leftOut()));
    }

    private static HttpCall http(ToolDefinition tool) {
        return ((CallTemplate.Http) tool.template()).request();
    }

    static Manual read(String document) throws Malformed {
        return OpenApi.read(yaml(document), "pets", URL, "");
    }

    static JsonNode yaml(String text) throws Malformed {
        return StrictYaml.parse(text.getBytes(UTF_8), Bounds.DOCUMENT);
    }
}
