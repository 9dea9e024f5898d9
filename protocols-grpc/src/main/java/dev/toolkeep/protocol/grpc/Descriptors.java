package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.toolkeep.wire.Malformed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files of descriptors linked to each other. Used once.
final class Descriptors {
    private static final int DEEPEST = 100;

    private final Map<String, FileDescriptorProto> files;
    private final Map<String, FileDescriptor> linked = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /// @param files by name
    Descriptors(Map<String, FileDescriptorProto> files) {
        this.files = files;
    }

    /// @throws Malformed when it, or a file it needs, is missing, broken, or part of a circle
    FileDescriptor file(String name) throws Malformed {
        FileDescriptor known = linked.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = files.get(name);
        if (file == null || open.size() > DEEPEST || !open.add(name)) {
            throw new Malformed("a file of its descriptors is missing or needs itself");
        }
        try {
            FileDescriptor[] needed = new FileDescriptor[file.getDependencyCount()];
            for (int i = 0; i < needed.length; i++) {
                needed[i] = file(file.getDependency(i));
            }
            FileDescriptor made = FileDescriptor.buildFrom(file, needed);
            linked.put(name, made);
            open.remove(name);
            return made;
        } catch (DescriptorValidationException e) {
            throw new Malformed("its descriptors contradict themselves");
        } catch (RuntimeException e) { // the library was not made for descriptors that lie
            throw new Malformed("its descriptors cannot be read");
        }
    }

    /// The method of that full name; null when no file has it.
    @Nullable
    MethodDescriptor method(String type, String method) throws Malformed {
        for (String name : files.keySet()) {
            for (ServiceDescriptor offered : file(name).getServices()) {
                if (offered.getFullName().equals(type)) {
                    return offered.findMethodByName(method);
                }
            }
        }
        return null;
    }
}
