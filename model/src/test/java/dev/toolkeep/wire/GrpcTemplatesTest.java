package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class GrpcTemplatesTest {
    @Test
    void tlsIsTheDefaultAndTheHostIsOneAndTheSameHoweverItIsWritten() throws Malformed {
        CallTemplate.Grpc read = (CallTemplate.Grpc) Templates.fromJson(template("{}"));
        assertThat(read.request().url()).isEqualTo("https://pets.example:50051/pets.v1.Pets/Find");
        assertThat(Templates.fromJson(Templates.toJson(read))).isEqualTo(read);
        assertThat(Templates.hosts(read)).containsExactly("pets.example:50051");
        assertThat(Templates.fromJson(template("{\"host\":\"PETS.example\",\"port\":443,\"use_ssl\":false}")))
                .extracting(one -> ((CallTemplate.Grpc) one).request().url())
                .isEqualTo("http://pets.example:443/pets.v1.Pets/Find");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"host\":\"pets.example/x\"}",
                "{\"host\":\"user@pets.example\"}",
                "{\"host\":\"{host}\"}",
                "{\"host\":\"${HOST}\"}",
                "{\"host\":\"pets.example:1\"}",
                "{\"port\":0}",
                "{\"service_name\":\"pets/../x\"}",
                "{\"method_name\":\"Find/../..\"}",
                "{\"method_name\":\"{m}\"}",
                "{\"descriptors\":\"not base64!\"}",
                "{\"descriptors\":null}",
                "{\"metadata\":{\"grpc-timeout\":\"1S\"}}",
                "{\"metadata\":{\"x-bin\":\"AA\"}}",
                "{\"metadata\":{\"te\":\"x\"}}",
                "{\"metadata\":{\"content-type\":\"x\"}}",
                "{\"metadata\":{\"X-Upper\":\"x\"}}",
                "{\"metadata\":{\"x\":\"a\\nb\"}}",
                "{\"auth\":{\"auth_type\":\"api_key\",\"api_key\":\"k\",\"location\":\"query\"}}",
                "{\"target\":\"gnmi\"}",
            })
    void whatWouldChangeTheCallOrItsHostIsRefused(String fields) {
        assertThatThrownBy(() -> Templates.fromJson(template(fields))).isInstanceOf(Malformed.class);
    }

    private static ObjectNode template(String fields) {
        ObjectNode json = Json.object()
                .put("call_template_type", "grpc")
                .put("host", "pets.example")
                .put("service_name", "pets.v1.Pets")
                .put("method_name", "Find")
                .put("descriptors", "AAEC");
        return json.setAll((ObjectNode) Samples.json(fields));
    }
}
