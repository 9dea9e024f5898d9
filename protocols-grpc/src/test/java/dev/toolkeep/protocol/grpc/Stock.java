package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Manual;
import java.util.List;
import java.util.Map;

/// `stock.Stock`: `Find` answers one item, `Watch` a stream, `Store` takes one. `Other` is used by none of them.
final class Stock {
    private Stock() {}

    static FileDescriptorProto file(String other) {
        return FileDescriptorProto.newBuilder()
                .setName("stock.proto")
                .setPackage("stock")
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Item")
                        .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_STRING))
                        .addField(field("amount", 2, FieldDescriptorProto.Type.TYPE_INT64))
                        .addField(field("parts", 3, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".stock.Item")
                                .setLabel(Label.LABEL_REPEATED)))
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Other")
                        .addField(field(other, 1, FieldDescriptorProto.Type.TYPE_BOOL)))
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("Stock")
                        .addMethod(method("Find", false, false))
                        .addMethod(method("Watch", false, true))
                        .addMethod(method("Store", true, false)))
                .build();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static MethodDescriptorProto method(String name, boolean takesMany, boolean givesMany) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".stock.Item")
                .setOutputType(".stock.Item")
                .setClientStreaming(takesMany)
                .setServerStreaming(givesMany)
                .build();
    }

    static Manual tools(String url, FileDescriptorProto... files) {
        Map<String, FileDescriptorProto> byName = new java.util.TreeMap<>();
        List.of(files).forEach(file -> byName.put(file.getName(), file));
        return new MethodTools("shop", url, Map.of("x-key", "${KEY}")).of(List.of("stock.Stock"), byName);
    }

    static ToolDefinition tool(String url, String method) {
        return tools(url, file("a")).tools().stream()
                .filter(tool -> tool.name().name().equals("stock.Stock." + method))
                .findFirst()
                .orElseThrow();
    }
}
