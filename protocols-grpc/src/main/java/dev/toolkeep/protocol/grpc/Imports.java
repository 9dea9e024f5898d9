package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Files as servers tell them, with the imports they forgot: grpc-js rebuilds files from its types and names none.
/// Used once.
final class Imports {
    private final Map<String, String> fileOf = new HashMap<>();

    private Imports() {}

    /// The same files by name; whatever one uses of another it imports.
    static Map<String, FileDescriptorProto> of(Map<String, FileDescriptorProto> files) {
        Imports imports = new Imports();
        for (FileDescriptorProto file : files.values()) {
            String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
            file.getMessageTypeList().forEach(type -> imports.declare(scope, type, file.getName()));
            file.getEnumTypeList().forEach(type -> imports.fileOf.put(scope + type.getName(), file.getName()));
        }
        Map<String, FileDescriptorProto> mended = new TreeMap<>();
        files.forEach((name, file) -> mended.put(name, imports.mend(file)));
        return mended;
    }

    private void declare(String scope, DescriptorProto type, String file) {
        fileOf.put(scope + type.getName(), file);
        String inner = scope + type.getName() + ".";
        type.getEnumTypeList().forEach(choice -> fileOf.put(inner + choice.getName(), file));
        type.getNestedTypeList().forEach(nested -> declare(inner, nested, file));
    }

    private FileDescriptorProto mend(FileDescriptorProto file) {
        FileDescriptorProto.Builder mended = file.toBuilder();
        file.getMessageTypeList().forEach(type -> used(type, mended));
        file.getServiceList()
                .forEach(offered -> offered.getMethodList().forEach(method -> {
                    use(method.getInputType(), mended);
                    use(method.getOutputType(), mended);
                }));
        return mended.build();
    }

    private void used(DescriptorProto type, FileDescriptorProto.Builder by) {
        type.getFieldList().forEach(field -> use(field.getTypeName(), by));
        type.getNestedTypeList().forEach(nested -> used(nested, by));
    }

    private void use(String type, FileDescriptorProto.Builder by) {
        String file = fileOf.get(type.startsWith(".") ? type.substring(1) : type);
        if (file != null
                && !file.equals(by.getName())
                && !by.getDependencyList().contains(file)) {
            by.addDependency(file);
        }
    }
}
