package dev.toolkeep.console.api;

import dev.toolkeep.console.access.Problem;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/// Reads and writes the records of this room as JSON, and nothing else: a body is parsed strictly and whole, then bound
/// to the one record its route takes; unknown fields and wrong types are refused, and no type is ever named by a body.
public final class JsonBodies implements HttpMessageConverter<Object> {
    private static final MediaType PROBLEM = MediaType.parseMediaType(Problem.MEDIA_TYPE);
    private static final Bounds BOUNDS = Bounds.REQUEST;

    private final Duration patience;
    private final LongSupplier nanos;
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, JsonBodies::textIsText)
            .addModule(new SimpleModule().addDeserializer(Secret.class, new SecretReader()))
            .build();

    /// @param patience the longest one body may take to arrive
    /// @param nanos a clock that only goes forward
    public JsonBodies(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    /// The one way a secret comes in.
    private static final class SecretReader extends ValueDeserializer<Secret> {
        @Override
        public Secret deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw Unfit.malformed("value: a secret's value is a string");
            }
            return Secret.of(parser.getString());
        }
    }

    private static void textIsText(MutableCoercionConfig config) {
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            config.setCoercion(shape, CoercionAction.Fail);
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
    public Object read(Class<?> type, HttpInputMessage message) {
        if (message.getHeaders().getContentLength() > BOUNDS.bytes()) {
            throw Unfit.tooLarge(BOUNDS.bytes());
        }
        try {
            return bind(whole(message.getBody()), type);
        } catch (SocketTimeoutException e) {
            throw Unfit.tooSlow();
        } catch (IOException e) {
            throw Unfit.malformed("the body did not arrive whole");
        }
    }

    /// All of a body: not one byte over the bound, and not a moment past the patience, however it drips.
    private byte[] whole(InputStream in) throws IOException {
        long start = nanos.getAsLong();
        byte[] part = new byte[8192];
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            body.write(part, 0, n);
            if (body.size() > BOUNDS.bytes()) {
                throw Unfit.tooLarge(BOUNDS.bytes());
            }
            if (nanos.getAsLong() - start > patience.toNanos()) {
                throw Unfit.tooSlow();
            }
        }
        return body.toByteArray();
    }

    /// One body, as a route would take it.
    <T> T bind(byte[] body, Class<T> type) {
        try {
            ObjectNode tree = StrictJson.object(body, BOUNDS);
            requireKnown(tree, type);
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

    /// Said before a field that is missing is missed: a misspelt name is the likelier mistake.
    private static void requireKnown(ObjectNode tree, Class<?> type) {
        Set<String> known = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.add(component.getName());
        }
        for (String name : tree.propertyNames()) {
            if (!known.contains(name)) {
                throw Unfit.malformed(shown(name) + ": there is no such field");
            }
        }
    }

    /// Where in the body, by names alone.
    private static String place(JacksonException e) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(shown(name));
            }
        }
        return place.isEmpty() ? "body" : place.toString();
    }

    private static String shown(String name) {
        String cut = name.length() > 40 ? name.substring(0, 40) + "..." : name;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
