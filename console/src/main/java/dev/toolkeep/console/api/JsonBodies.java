package dev.toolkeep.console.api;

import dev.toolkeep.console.access.Problem;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes the records of this room as JSON, and nothing else: a body is parsed strictly and whole, then bound
/// to the one record its route takes; unknown fields and wrong types are refused, and no type is ever named by a body.
public final class JsonBodies implements HttpMessageConverter<Object> {
    private static final MediaType PROBLEM = MediaType.parseMediaType(Problem.MEDIA_TYPE);
    private static final Bounds BOUNDS = Bounds.REQUEST;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().addDeserializer(Secret.class, new SecretReader()))
            .build();

    /// The one way a secret comes in.
    private static final class SecretReader extends ValueDeserializer<Secret> {
        @Override
        public Secret deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.getValueAsString();
            if (text == null
                    || !parser.currentToken().isScalarValue()
                    || parser.currentToken().isNumeric()) {
                throw Unfit.malformed("a secret's value is a string");
            }
            return Secret.of(text);
        }
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return ours(type) && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(mediaType);
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        boolean json = mediaType == null
                || MediaType.APPLICATION_JSON.isCompatibleWith(mediaType)
                || PROBLEM.isCompatibleWith(mediaType);
        return json && (ours(type) || type == Problem.class);
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON, PROBLEM);
    }

    @Override
    public Object read(Class<?> type, HttpInputMessage message) throws IOException {
        if (message.getHeaders().getContentLength() > BOUNDS.bytes()) {
            throw Unfit.tooLarge(BOUNDS.bytes());
        }
        byte[] body = message.getBody().readNBytes(BOUNDS.bytes() + 1);
        if (body.length > BOUNDS.bytes()) {
            throw Unfit.tooLarge(BOUNDS.bytes());
        }
        return bind(body, type);
    }

    /// One body, as a route would take it.
    <T> T bind(byte[] body, Class<T> type) {
        try {
            ObjectNode tree = StrictJson.object(body, BOUNDS);
            return mapper.treeToValue(tree, type);
        } catch (Malformed e) {
            throw Unfit.malformed(String.valueOf(e.getMessage()));
        } catch (UnrecognizedPropertyException e) {
            throw Unfit.malformed(place(e) + ": there is no such field");
        } catch (JacksonException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Unfit unfit) {
                    throw unfit;
                }
            }
            throw Unfit.malformed(place(e) + ": it is not what this field takes");
        }
    }

    @Override
    public void write(Object value, @Nullable MediaType contentType, HttpOutputMessage message) throws IOException {
        byte[] body = mapper.writeValueAsBytes(value);
        message.getHeaders().setContentType(value instanceof Problem ? PROBLEM : MediaType.APPLICATION_JSON);
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }

    private static boolean ours(Class<?> type) {
        return type.isRecord() && type.getPackageName().equals(JsonBodies.class.getPackageName());
    }

    /// Where in the body, by names alone.
    private static String place(JacksonException e) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                String cut = name.length() > 40 ? name.substring(0, 40) + "..." : name;
                place.append(place.isEmpty() ? "" : ".").append(cut.replaceAll("[^\\x20-\\x7e]", "?"));
            }
        }
        return place.isEmpty() ? "body" : place.toString();
    }
}
