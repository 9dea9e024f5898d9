package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Events;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One method by the descriptors of its template: arguments to bytes and bytes to answers (ProtoJSON). Thread-safe.
record GrpcMethod(MethodDescriptor descriptor, JsonFormat.Parser parser, JsonFormat.Printer printer) {
    /// @throws Unsendable when the descriptors are none, or do not have the method
    static GrpcMethod of(CallTemplate.Grpc template) throws Unsendable {
        try {
            FileDescriptorSet set =
                    FileDescriptorSet.parseFrom(Base64.getDecoder().decode(template.descriptors()));
            Map<String, FileDescriptorProto> files = new TreeMap<>();
            set.getFileList().forEach(file -> files.put(file.getName(), file));
            String url = template.request().url();
            int method = url.lastIndexOf('/');
            MethodDescriptor found = new Descriptors(files)
                    .method(url.substring(url.lastIndexOf('/', method - 1) + 1, method), url.substring(method + 1));
            if (found == null || found.isClientStreaming()) {
                throw new Unsendable("the tool's descriptors do not hold its method");
            }
            JsonFormat.TypeRegistry types = JsonFormat.TypeRegistry.newBuilder()
                    .add(found.getInputType())
                    .add(found.getOutputType())
                    .build();
            return new GrpcMethod(
                    found,
                    JsonFormat.parser().usingTypeRegistry(types),
                    JsonFormat.printer()
                            .usingTypeRegistry(types)
                            .alwaysPrintFieldsWithNoPresence()
                            .omittingInsignificantWhitespace());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new Unsendable("the tool's descriptors cannot be read");
        } catch (Malformed e) {
            throw new Unsendable("the tool cannot be called: " + e.getMessage());
        }
    }

    /// @throws Unsendable when the arguments are no such message
    byte[] request(ObjectNode arguments) throws Unsendable {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor.getInputType());
        try {
            parser.merge(Json.text(arguments), message);
            return message.build().toByteArray();
        } catch (InvalidProtocolBufferException | RuntimeException e) { // its words would repeat values
            throw new Unsendable("the arguments do not fit the message "
                    + descriptor.getInputType().getFullName());
        }
    }

    GrpcReader.Messages answers(HttpStream stream, Dispatch dispatch, int maxEvents) {
        return descriptor.isServerStreaming()
                ? new Many(this, stream, dispatch, new Events(dispatch, maxEvents))
                : new One(this, stream, dispatch);
    }

    /// The message as JSON of at most `most` bytes; a fault is told to `stream`, and then it is null.
    private @Nullable JsonNode json(byte[] bytes, int most, HttpStream stream) {
        StringBuilder text = new StringBuilder();
        try {
            printer.appendTo(DynamicMessage.parseFrom(descriptor.getOutputType(), bytes), new AtMost(text, most));
            byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
            return StrictJson.parse(json, Bounds.ANSWER.withBytes(most));
        } catch (AtMost.Full full) {
            stream.fail(Kind.TOO_LARGE, "the tool's answer is larger than this call may return");
        } catch (IOException | RuntimeException | Malformed e) {
            stream.fail(Kind.BAD_ANSWER, "the tool's server answered with a message that cannot be read");
        }
        return null;
    }

    private static final class One implements GrpcReader.Messages {
        private final GrpcMethod method;
        private final HttpStream stream;
        private final Dispatch dispatch;
        private @Nullable JsonNode answer;

        One(GrpcMethod method, HttpStream stream, Dispatch dispatch) {
            this.method = method;
            this.stream = stream;
            this.dispatch = dispatch;
        }

        @Override
        public void take(byte[] message) {
            if (answer != null) {
                stream.fail(Kind.BAD_ANSWER, "the tool's server answered more than one message");
            } else {
                answer = method.json(message, dispatch.answerBytes(), stream);
            }
        }

        @Override
        public Sent done() {
            JsonNode value = answer;
            return value == null
                    ? new Sent.Failed(ToolFault.of(Kind.BAD_ANSWER, "the tool's server answered no message"))
                    : new Sent.Answered(new Answer.Json(value, Json.bytes(value)));
        }
    }

    private record Many(GrpcMethod method, HttpStream stream, Dispatch dispatch, Events events)
            implements GrpcReader.Messages {
        @Override
        public void take(byte[] message) {
            JsonNode event = method.json(message, dispatch.answerBytes(), stream);
            if (event != null) {
                switch (events.take(event)) {
                    case MORE -> {}
                    case ENOUGH -> stream.end(done());
                    case TOO_LARGE ->
                        stream.fail(Kind.TOO_LARGE, "the tool's messages are more than this call may return");
                }
            }
        }

        @Override
        public Sent done() {
            return new Sent.Answered(events.answer());
        }
    }
}
