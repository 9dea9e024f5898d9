package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.PartEncoding;
import dev.toolkeep.tool.Placing;
import dev.toolkeep.tool.Placing.In;
import dev.toolkeep.tool.Placing.Style;
import dev.toolkeep.tool.ToolDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where arguments of OpenAPI operations go, and Swagger 2.0 in the same words.
class OpenApiPlacingTest {
    private static final String HEAD = "openapi: 3.1.0\ninfo: {}\nservers: [{url: 'https://a.example'}]\npaths:\n";

    @Test
    void everyStyleOfOpenApiIsKept() throws Malformed {
        HttpCall call = http(only(HEAD + """
                  /{a}/{b}/{c}:
                    get:
                      parameters:
                        - {name: a, in: path, required: true, schema: {type: string}}
                        - {name: b, in: path, required: true, style: label, explode: true, schema: {type: array}}
                        - {name: c, in: path, required: true, style: matrix, schema: {type: object}}
                        - {name: plain, in: query, schema: {type: array}}
                        - {name: comma, in: query, explode: false, schema: {type: array}}
                        - {name: pipe, in: query, style: pipeDelimited, schema: {type: array}}
                        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object}}
                        - {name: text, in: query, content: {application/json: {schema: {type: string}}}}
                        - {name: X-One, in: header, schema: {type: string}}
                        - {name: X-Many, in: header, schema: {type: array}}
                        - {name: crumb, in: cookie, schema: {type: string}}
                        - {name: a, in: query, schema: {type: string}}
                """));
        assertThat(call.headerFields()).containsExactly("X-One");
        assertThat(call.placings())
                .containsOnlyKeys("b", "c", "comma", "pipe", "deep", "text", "X-Many", "crumb", "a_query")
                .containsEntry("b", new Placing(In.PATH, "b", Style.LABEL, true))
                .containsEntry("c", new Placing(In.PATH, "c", Style.MATRIX, false))
                .containsEntry("comma", new Placing(In.QUERY, "comma", Style.FORM, false))
                .containsEntry("pipe", new Placing(In.QUERY, "pipe", Style.PIPE_DELIMITED, false))
                .containsEntry("deep", new Placing(In.QUERY, "deep", Style.DEEP_OBJECT, true))
                .containsEntry("text", new Placing(In.QUERY, "text", Style.JSON, true))
                .containsEntry("X-Many", new Placing(In.HEADER, "X-Many", Style.SIMPLE, false))
                .containsEntry("crumb", new Placing(In.COOKIE, "crumb", Style.FORM, true))
                .containsEntry("a_query", new Placing(In.QUERY, "a", Style.FORM, true));
    }

    /// Otherwise a member `limit` of the object would be a second `limit` that no schema judged.
    @Test
    void besideAnObjectThatScattersEveryParameterIsNamed() throws Malformed {
        HttpCall call = http(only(HEAD + """
                  /x:
                    get:
                      parameters:
                        - {name: filter, in: query, schema: {type: object}}
                        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
                """));
        assertThat(call.placings()).containsOnlyKeys("filter", "limit");
    }

    @Test
    void filesOfAFormAreBase64() throws Malformed {
        ToolDefinition tool = only(HEAD + """
                  /x:
                    post:
                      requestBody:
                        content:
                          multipart/form-data:
                            schema:
                              type: object
                              properties:
                                file: {type: string, format: binary, description: the picture}
                                many: {type: array, items: {type: string, format: binary}}
                                about: {type: object}
                            encoding: {file: {contentType: 'image/png, image/jpeg'}}
                """);
        HttpCall.Body.Members body = (HttpCall.Body.Members) http(tool).body();
        assertThat(http(tool).contentType()).isEqualTo("multipart/form-data");
        assertThat(body.encoding())
                .containsEntry("file", new PartEncoding(Style.FORM, true, "image/png", true))
                .containsEntry("many", new PartEncoding(Style.FORM, true, "", true))
                .doesNotContainKey("about");
        assertThat(tool.inputs().at("/properties/body/properties/file").toString())
                .isEqualTo("{\"type\":\"string\",\"contentEncoding\":\"base64\",\"description\":\"the picture\"}");
        assertThat(tool.inputs()
                        .at("/properties/body/properties/many/items/contentEncoding")
                        .asString())
                .isEqualTo("base64");
    }

    @Test
    void aFormsMembersHaveTheirStyles() throws Malformed {
        HttpCall call = http(only(HEAD + """
                  /x:
                    post:
                      requestBody:
                        content:
                          application/x-www-form-urlencoded:
                            schema: {type: object, properties: {expand: {type: array}}}
                            encoding: {expand: {style: deepObject, explode: true}}
                """));
        assertThat(call.body())
                .isEqualTo(new HttpCall.Body.Members(
                        "body", Map.of("expand", new PartEncoding(Style.DEEP_OBJECT, true, "", false))));
    }

    @Test
    void bytesAndTextAreBodiesToo() throws Malformed {
        String body = "  /x: {post: {requestBody: {content: {TYPE: {schema: {type: object}}}}}}\n";
        ToolDefinition bytes = only(HEAD + body.replace("TYPE", "'image/*'"));
        assertThat(http(bytes).body()).isEqualTo(new HttpCall.Body.Bytes("body"));
        assertThat(http(bytes).contentType()).isEqualTo("application/octet-stream");
        ToolDefinition xml = only(HEAD + body.replace("TYPE", "application/xml"));
        assertThat(http(xml).body()).isEqualTo(new HttpCall.Body.Field("body"));
        assertThat(xml.inputs().at("/properties/body/type").asString()).isEqualTo("string");
    }

    @Test
    void clientCredentialsAskForTheOperationsScopesAtThePinnedAddress() throws Malformed {
        String document = HEAD + "  /x: {get: {security: [{o: [read, write]}]}}\n"
                + "components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: URL,"
                + " scopes: {read: r, write: w, admin: a}}}}}}\n";
        assertThat(http(only(document.replace("URL", "/oauth/token"))).auth())
                .isEqualTo(new Auth.OAuth2(
                        "https://pets.example/oauth/token", "${O_CLIENT_ID}", "${O_CLIENT_SECRET}", "read write"));
        for (String bad : new String[] {
            "http://evil.example/token", "http://169.254.169.254/token", "http://127.0.0.1/token", "'https://{x}/'"
        }) {
            Manual manual = read(document.replace("URL", bad));
            assertThat(manual.tools()).as("GHSA-8cp3-qxj6-px34: %s", bad).isEmpty();
            assertThat(manual.leftOut()).hasSize(1);
        }
    }

    @Test
    void aServerVariableStandsAtItsDefaultWhichMustBeOneOfItsValues() throws Malformed {
        String document = HEAD.replace(
                        "{url: 'https://a.example'}",
                        "{url: 'https://a.example/{v}', variables: {v: {default: one, enum: [VALUES]}}}")
                + "  /x: {get: {}}\n";
        assertThat(http(only(document.replace("VALUES", "one, two"))).url()).isEqualTo("https://a.example/one/x");
        assertThat(read(document.replace("VALUES", "two")).tools()).isEmpty();
    }

    @Test
    void swagger2IsReadInTheSameWords() throws Malformed {
        Manual manual = read("""
                swagger: '2.0'
                info: {title: pets, version: '1'}
                host: api.pets.example
                basePath: /v2
                schemes: [http, https]
                consumes: [application/json]
                securityDefinitions:
                  key: {type: apiKey, in: header, name: X-Key}
                  flow: {type: oauth2, flow: application, tokenUrl: 'https://login.pets.example/t', scopes: {r: r}}
                security: [{key: []}]
                definitions:
                  Pet: {type: object, properties: {name: {type: string}, child: {$ref: '#/definitions/Pet'},
                    note: {type: string, x-nullable: true}}}
                parameters:
                  Body: {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
                  Limit: {name: limit, in: query, type: integer, maximum: 10}
                paths:
                  /pets/{id}:
                    parameters: [{name: id, in: path, required: true, type: string}]
                    put:
                      operationId: putPet
                      security: [{flow: [r]}]
                      parameters: [{$ref: '#/parameters/Body'}]
                      responses: {200: {description: ok, schema: {$ref: '#/definitions/Pet'}}}
                    get:
                      operationId: getPet
                      security: []
                      parameters:
                        - {$ref: '#/parameters/Limit'}
                        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
                        - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: pipes}
                        - {name: tabs, in: query, type: array, items: {type: string}, collectionFormat: tsv}
                  /upload:
                    post:
                      operationId: upload
                      parameters:
                        - {name: file, in: formData, type: file, required: true}
                        - {name: note, in: formData, type: string}
                """);
        assertThat(manual.leftOut())
                .extracting(LeftOut::name)
                .containsExactly("GET /pets/{id}, query parameter 'tabs'");
        ToolDefinition put = tool(manual, "putPet");
        assertThat(http(put).url()).isEqualTo("https://api.pets.example/v2/pets/{id}");
        assertThat(http(put).body()).isEqualTo(new HttpCall.Body.Field("body"));
        assertThat(http(put).auth()).isInstanceOf(Auth.OAuth2.class);
        assertThat(put.inputs().toString()).contains("#/$defs/Pet").doesNotContain("#/definitions");
        assertThat(put.outputs().at("/properties/note/type").toString()).isEqualTo("[\"string\",\"null\"]");
        ToolDefinition get = tool(manual, "getPet");
        assertThat(http(get).auth()).isEqualTo(new Auth.None());
        assertThat(get.inputs().at("/properties/limit/maximum").asInt()).isEqualTo(10);
        assertThat(http(get).placings()).containsOnlyKeys("ids");
        ToolDefinition upload = tool(manual, "upload");
        assertThat(http(upload).auth()).isEqualTo(new Auth.ApiKey("${KEY}", "X-Key", Auth.Location.HEADER));
        assertThat(http(upload).body()).isInstanceOf(HttpCall.Body.Members.class);
        assertThat(upload.inputs().at("/properties/body/required").toString()).isEqualTo("[\"file\"]");
    }

    /// The gap of both public converters: one ignores host and basePath.
    @Test
    void swagger2WithoutAHostIsCalledWhereItCameFrom() throws Malformed {
        assertThat(http(only("swagger: '2.0'\nbasePath: /v1\npaths: {/x: {get: {}}}\n"))
                        .url())
                .isEqualTo("https://pets.example/v1/x");
    }

    @Test
    void whatIsReadIsWrittenAndReadAgain() throws Malformed {
        for (String name : new String[] {"a", "b"}) {
            ToolDefinition tool = only(HEAD + "  /{" + name + "}: {post: {parameters: [{name: " + name
                    + ", in: path, required: true, style: matrix, explode: true, schema: {type: array}},"
                    + " {name: q, in: query, style: spaceDelimited, schema: {type: array}}],"
                    + " requestBody: {content: {multipart/form-data: {schema: {type: object, properties:"
                    + " {f: {type: string, format: binary}}}}}}}}\n");
            assertThat(Definitions.fromJson(Definitions.toJson(tool))).isEqualTo(tool);
        }
    }

    @Test
    void operationsOfOneNameAreNamedByTheirPlace() throws Malformed {
        Manual manual = read(HEAD + "  /x: {get: {operationId: op}}\n" + """
                  /y: {get: {operationId: op}}
                  /y-: {get: {}}
                  /z: {get: {}}
                  /z-: {get: {}}
                """);

        assertThat(manual.leftOut()).isEmpty();
        assertThat(manual.tools())
                .extracting(tool -> tool.name().name().replaceAll("_[0-9a-f]{8}$", "_#"))
                .containsExactly("get_x", "get_y_#", "get_y_#", "get_z_#", "get_z_#");
    }

    @Test
    void aNameThatIsTooLongIsCutAndStaysItsOwn() throws Malformed {
        String path = "/a".repeat(60);
        Manual manual = read(HEAD + "  /x: {get: {operationId: op}}\n" + "  " + path + "/b: {get: {}}\n  " + path
                + "/c: {get: {}}\n");
        assertThat(manual.tools()).hasSize(3);
        assertThat(manual.tools())
                .allSatisfy(tool -> assertThat(tool.name().name().length()).isLessThanOrEqualTo(96));
    }

    private static HttpCall http(ToolDefinition tool) {
        return ((CallTemplate.Http) tool.template()).request();
    }

    private static ToolDefinition only(String document) throws Malformed {
        Manual manual = read(document);
        assertThat(manual.leftOut()).isEmpty();
        assertThat(manual.tools()).hasSize(1);
        return manual.tools().getFirst();
    }

    private static ToolDefinition tool(Manual manual, String name) {
        return manual.tools().stream()
                .filter(tool -> tool.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name + ": " + manual.leftOut()));
    }

    private static Manual read(String document) throws Malformed {
        return OpenApi.read(
                StrictYaml.parse(document.getBytes(UTF_8), Bounds.DOCUMENT),
                "pets",
                "https://pets.example/openapi.yaml",
                "");
    }
}
