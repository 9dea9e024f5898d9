package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TemplatesTest {
    @Test
    void everyTemplateSurvivesItsJson() throws Malformed {
        for (CallTemplate template : Samples.TEMPLATES) {
            String text = Json.text(Templates.toJson(template));
            assertThat(Templates.fromJson(Samples.json(text))).isEqualTo(template);
        }
    }

    @Test
    void anHttpTemplateHasTheFieldsOfUtcp() {
        assertThat(Templates.toJson(Samples.HTTP)).isEqualTo(Samples.json("""
                        {"call_template_type":"http","http_method":"POST",
                         "url":"https://api.example:8443/pets/{id}?v=${VERSION}","content_type":"application/json",
                         "headers":{"Accept":"application/json","X-Trace":"${request_id}"},"body_field":"pet",
                         "header_fields":["If-Match"],
                         "auth":{"auth_type":"api_key","api_key":"Bearer ${PETS_TOKEN}","var_name":"Authorization",
                                 "location":"header"},
                         "timeout":2.5}
                        """));
    }

    @Test
    void absentFieldsHaveTheDefaultsOfUtcp() throws Malformed {
        assertThat(http("{\"url\":\"https://a.example/x\"}"))
                .isEqualTo(new CallTemplate.Http(
                        HttpCall.Method.GET,
                        "https://a.example/x",
                        "application/json",
                        Map.of(),
                        "body",
                        List.of(),
                        new Auth.None(),
                        Duration.ofSeconds(30)));
        assertThat(http("{\"url\":\"https://a.example/x\",\"auth\":{\"auth_type\":\"api_key\",\"api_key\":\"${K}\"}}")
                        .request()
                        .auth())
                .isEqualTo(new Auth.ApiKey("${K}", "X-Api-Key", Auth.Location.HEADER));
    }

    @Test
    void nullsCountAsAbsentExceptThatANullBodyFieldMeansNoBody() throws Malformed {
        HttpCall read = http("""
                {"url":"https://a.example/x","http_method":null,"content_type":null,"headers":null,"header_fields":null,
                 "auth":null,"auth_tools":null,"timeout":null,"body_field":null,"name":null,
                 "query_params":null,"body":null,"follow_redirects":null,"verify_ssl":null}
                """).request();

        assertThat(read.method()).isEqualTo(HttpCall.Method.GET);
        assertThat(read.body()).isEqualTo(new HttpCall.Body.None());
    }

    @Test
    void fixedParametersAndAFixedBodyAreRead() throws Malformed {
        CallTemplate.Http read = http("""
                {"url":"https://a.example/x","follow_redirects":true,"verify_ssl":true,
                 "query_params":{"a":"${KEY}","b":1.50,"c":true,"d":null},"body":{"k":["${KEY}"]}}
                """);

        assertThat(read.followRedirects()).isTrue();
        assertThat(read.request().query()).isEqualTo(Map.of("a", "${KEY}", "b", "1.50", "c", "true"));
        assertThat(read.request().body()).isEqualTo(new HttpCall.Body.Fixed(Samples.json("{\"k\":[\"${KEY}\"]}")));
    }

    @Test
    void nothingGivenAtCallTimeChoosesTheHost() {
        for (String url : List.of(
                "https://{host}/x",
                "https://{host}.example/x",
                "https://api.example{tail}/x",
                "https://api.example:{port}/x",
                "https://${HOST}/x",
                "https://${TENANT}.example/x",
                "https://api.example:${PORT}/x",
                "https://api.example${X}",
                "https://$HOST/x")) {
            refused("{\"url\":\"" + url + "\"}", "the URL's host and port may not hold placeholders");
            assertThatThrownBy(() -> Templates.serverFromJson(Samples.json("{\"url\":\"" + url + "\"}")))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("host and port");
        }
        refused("{\"url\":\"${SCHEME}://a.example/\"}", "the URL's scheme may not be a placeholder");
        refused("{\"url\":\"{scheme}://a.example/\"}", "the URL's scheme may not be a placeholder");
    }

    @Test
    void urlsThatTwoParsersReadInTwoWaysAreRefused() {
        for (String url : List.of(
                "",
                "x",
                "/x",
                "//a.example/x",
                "ftp://a.example/",
                "file:///etc/passwd",
                "https:///x",
                "https://",
                "https://user:pass@a.example/",
                "https://good.example@evil.example/",
                "https://a.example\\\\@b.example/",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example:x/",
                "https://a.example:/",
                "https://a..example/",
                "https://.example/",
                "https://.../",
                "https://a.example/ x",
                "https://a.example/\\n",
                "https://a.example/#f",
                "https://a.example/%zz",
                "https://a.example/{x",
                "https://a.example/x}",
                "https://bücher.example/",
                "https://a.example/\\u202e",
                "https://[::1",
                "https://::1/",
                "https://[a]b/",
                "https://a%2eexample/",
                "https://{a}@b.example/",
                "https://a.example/<x>",
                "https://a.example/{a/b}",
                "javascript:alert(1)",
                "https:a.example/x")) {
            assertThatThrownBy(() -> http("{\"url\":\"" + url + "\"}")).as(url).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void hostsAreLowerCaseWithTheirPort() throws Malformed {
        assertThat(hosts("HTTPS://API.Example./x")).containsExactly("api.example:443");
        assertThat(hosts("http://localhost:8080?x=1")).containsExactly("localhost:8080");
        assertThat(hosts("http://10.0.0.1/{a}")).containsExactly("10.0.0.1:80");
        assertThat(hosts("https://[FE80::1]:9/")).containsExactly("[fe80::1]:9");
        assertThat(Templates.hosts(new CallTemplate.Mcp(new McpServer.Http("https://m.example/mcp", Map.of()), "t")))
                .containsExactly("m.example:443");
        assertThat(Templates.hosts(new CallTemplate.Text("x"))).isEmpty();
        assertThat(Templates.hosts(new CallTemplate.Builtin("clock"))).isEmpty();
        assertThat(Templates.hosts(new CallTemplate.Mcp(new McpServer.Stdio(List.of("x"), Map.of(), ""), "t")))
                .isEmpty();
    }

    @Test
    void aFieldThatCannotBeHonouredIsRefusedNotDropped() {
        String url = "\"url\":\"https://a.example/\"";
        refused("{" + url + ",\"http_method\":\"HEAD\"}", "http_method");
        refused("{" + url + ",\"http_method\":\"get\"}", "http_method");
        refused("{" + url + ",\"verify_ssl\":false}", "verify_ssl: false is refused");
        refused("{" + url + ",\"verify_ssl\":\"no\"}", "verify_ssl must be true or false");
        refused("{" + url + ",\"follow_redirects\":1}", "follow_redirects must be true or false");
        refused("{" + url + ",\"query_params\":{\"a\":[\"b\"]}}", "query_params must hold");
        refused("{" + url + ",\"query_params\":{\"\":1}}", "query_params must hold");
        refused("{" + url + ",\"query_params\":[]}", "query_params must be an object");
        refused("{\"url\":\"https://a.example/?a=1\",\"query_params\":{\"a\":1}}", "query_params and a query");
        refused("{" + url + ",\"body\":{},\"body_field\":\"b\"}", "body and body_field exclude each other");
        String oauth =
                ",\"auth\":{\"auth_type\":\"oauth2\",\"client_id\":\"a\",\"client_secret\":\"${S}\",\"token_url\":";
        refused("{" + url + oauth + "\"x\"}}", "token_url: the URL must be absolute");
        refused("{" + url + oauth + "\"https://a.example/{t}\"}}", "token_url may not hold placeholders");
        refused("{" + url + oauth + "\"https://a.example/${T}\"}}", "token_url may not hold placeholders");
        refused("{" + url + oauth + "\"https://${T}/\"}}", "token_url: the URL's host");
        refused("{" + url + oauth + "\"https://a.example/\",\"scope\":\"a\\nb\"}}", "scope must be");
        refused("{" + url + ",\"auth\":{\"auth_type\":\"hawk\"}}", "auth type 'hawk'");
        refused(
                "{" + url + ",\"auth\":{\"auth_type\":\"api_key\",\"api_key\":\"x\",\"location\":\"body\"}}",
                "location");
        refused(
                "{" + url + ",\"auth\":{\"auth_type\":\"basic\",\"username\":\"a:b\",\"password\":\"x\"}}",
                "the username");
        refused("{" + url + ",\"timeout\":0}", "timeout");
        refused("{" + url + ",\"timeout\":1e300}", "timeout");
        refused("{" + url + ",\"timeout\":\"30\"}", "timeout");
        refused("{}", "url is missing");
    }

    @Test
    void headersThatFrameTheRequestOrInjectAreRefused() {
        for (String name :
                List.of("Host", "content-length", "Transfer-Encoding", "Connection", "a b", "", "a\\r\\nb", "é")) {
            String quoted = "\"" + name + "\"";
            assertThatThrownBy(() -> http("{\"url\":\"https://a.example/\",\"headers\":{" + quoted + ":\"x\"}}"))
                    .as(name)
                    .isInstanceOf(Malformed.class);
            assertThatThrownBy(() -> http("{\"url\":\"https://a.example/\",\"header_fields\":[" + quoted + "]}"))
                    .as(name)
                    .isInstanceOf(Malformed.class);
            assertThatThrownBy(() -> http(
                            "{\"url\":\"https://a.example/\",\"auth\":{\"auth_type\":\"api_key\",\"api_key\":\"x\","
                                    + "\"var_name\":" + quoted + "}}"))
                    .as(name)
                    .isInstanceOf(Malformed.class);
        }
        refused("{\"url\":\"https://a.example/\",\"headers\":{\"A\":\"x\\r\\nB: y\"}}", "headers holds a control");
        refused("{\"url\":\"https://a.example/\",\"headers\":{\"A\":\"x\",\"a\":\"y\"}}", "headers names 'a' twice");
        refused("{\"url\":\"https://a.example/\",\"content_type\":\"a\\nb\"}", "content_type holds a control");
    }

    @Test
    void anMcpServerIsReadInTheFormsThePublicClientsWrite() throws Malformed {
        assertThat(server("{\"command\":\"npx\",\"args\":[\"-y\",\"x\"],\"env\":{\"A\":\"1\"},\"cwd\":\"/t\"}"))
                .isEqualTo(new McpServer.Stdio(List.of("npx", "-y", "x"), Map.of("A", "1"), "/t"));
        assertThat(server("{\"transport\":\"stdio\",\"command\":[\"python\",\"-m\",\"s\"]}"))
                .isEqualTo(new McpServer.Stdio(List.of("python", "-m", "s"), Map.of(), ""));
        assertThat(server("{\"url\":\"https://m.example/mcp\",\"headers\":{\"A\":\"b\"},\"timeout\":30}"))
                .isEqualTo(new McpServer.Http("https://m.example/mcp", Map.of("A", "b")));
        for (String bad : List.of(
                "{}",
                "[]",
                "{\"command\":\"\"}",
                "{\"command\":[]}",
                "{\"command\":\"a\",\"env\":{\"A=B\":\"x\"}}",
                "{\"command\":\"a\\u0000\"}",
                "{\"url\":\"file:///x\"}",
                "{\"transport\":\"sse\",\"url\":\"https://x.example/\"}",
                "{\"ws_url\":\"wss://x\"}",
                "{\"command\":\"a\",\"args\":[1]}")) {
            assertThatThrownBy(() -> server(bad)).as(bad).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aTokenEndpointIsAmongTheHosts() throws Malformed {
        String auth = "\"auth\":{\"auth_type\":\"oauth2\",\"token_url\":\"https://login.example/t\","
                + "\"client_id\":\"a\",\"client_secret\":\"${S}\",\"scope\":null}";
        assertThat(Templates.hosts(http("{\"url\":\"https://a.example/\"," + auth + "}")))
                .containsExactly("a.example:443", "login.example:443");
        CallTemplate mcp = Templates.fromJson(Samples.json("{\"call_template_type\":\"mcp\",\"tool\":\"t\",\"config\":"
                + "{\"mcpServers\":{\"s\":{\"url\":\"https://m.example/mcp\"}}}," + auth + "}"));
        assertThat(Templates.hosts(mcp)).containsExactly("login.example:443", "m.example:443");
        assertThat(Templates.fromJson(Templates.toJson(mcp))).isEqualTo(mcp);
    }

    @Test
    void theAuthOfAnMcpTemplateBecomesAHeader() throws Malformed {
        String template = """
                {"call_template_type":"mcp","tool":"t","config":{"mcpServers":{"s":{"url":"https://m.example/mcp"}}},
                 "auth":{"auth_type":"api_key","api_key":"Bearer ${K}","var_name":"Authorization"}}
                """;

        assertThat(Templates.fromJson(Samples.json(template)))
                .isEqualTo(new CallTemplate.Mcp(
                        new McpServer.Http("https://m.example/mcp", Map.of("Authorization", "Bearer ${K}")), "t"));
    }

    private static CallTemplate.Http http(String fields) throws Malformed {
        ObjectNode json = (ObjectNode) Samples.json(fields);
        json.put("call_template_type", "http");
        return (CallTemplate.Http) Templates.fromJson(json);
    }

    private static McpServer server(String json) throws Malformed {
        return Templates.serverFromJson(Samples.json(json));
    }

    private static java.util.Set<String> hosts(String url) throws Malformed {
        return Templates.hosts(http("{\"url\":\"" + url + "\"}"));
    }

    private static void refused(String fields, String why) {
        assertThatThrownBy(() -> http(fields)).isInstanceOf(Malformed.class).hasMessageStartingWith(why);
    }
}
