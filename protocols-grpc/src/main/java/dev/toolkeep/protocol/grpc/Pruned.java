package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The descriptors of one method and of the messages it needs, without anything else of their files, so that a change
/// elsewhere in them changes no other tool. Used once.
final class Pruned {
    private final Set<Descriptor> messages = new HashSet<>();
    private final Set<EnumDescriptor> choices = new HashSet<>();
    private final Map<String, FileDescriptor> files = new TreeMap<>();
    private final Map<String, Set<String>> needs = new TreeMap<>();
    private final Deque<Descriptor> waiting = new ArrayDeque<>();

    private Pruned() {}

    static FileDescriptorSet of(MethodDescriptor method) {
        Pruned pruned = new Pruned();
        FileDescriptor home = method.getService().getFile();
        pruned.files.put(home.getName(), home);
        pruned.need(home, method.getInputType());
        pruned.need(home, method.getOutputType());
        while (!pruned.waiting.isEmpty()) {
            Descriptor next = pruned.waiting.remove();
            pruned.fields(next);
        }
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        pruned.files.values().forEach(file -> set.addFile(pruned.file(file, method)));
        return set.build();
    }

    private void need(FileDescriptor from, Descriptor message) {
        Descriptor outermost = message;
        while (outermost.getContainingType() != null) {
            outermost = outermost.getContainingType();
        }
        depend(from, outermost);
        if (messages.add(outermost)) {
            waiting.add(outermost);
        }
    }

    private void need(FileDescriptor from, EnumDescriptor choice) {
        if (choice.getContainingType() != null) {
            need(from, choice.getContainingType());
        } else {
            depend(from, choice);
            choices.add(choice);
        }
    }

    private void depend(FileDescriptor from, GenericDescriptor on) {
        files.put(on.getFile().getName(), on.getFile());
        if (!on.getFile().getName().equals(from.getName())) {
            needs.computeIfAbsent(from.getName(), name -> new TreeSet<>())
                    .add(on.getFile().getName());
        }
    }

    private void fields(Descriptor message) {
        for (FieldDescriptor field : message.getFields()) {
            switch (field.getJavaType()) {
                case MESSAGE -> need(message.getFile(), field.getMessageType());
                case ENUM -> need(message.getFile(), field.getEnumType());
                default -> {}
            }
        }
        message.getNestedTypes().forEach(this::fields);
    }

    private FileDescriptorProto file(FileDescriptor file, MethodDescriptor method) {
        FileDescriptorProto whole = file.toProto();
        FileDescriptorProto.Builder part =
                FileDescriptorProto.newBuilder().setName(whole.getName()).setPackage(whole.getPackage());
        if (whole.hasSyntax()) {
            part.setSyntax(whole.getSyntax());
        }
        if (whole.hasEdition()) {
            part.setEdition(whole.getEdition());
        }
        if (whole.getOptions().hasFeatures()) {
            part.setOptions(
                    FileOptions.newBuilder().setFeatures(whole.getOptions().getFeatures()));
        }
        needs.getOrDefault(file.getName(), Set.of()).forEach(part::addDependency);
        file.getMessageTypes().stream().filter(messages::contains).forEach(kept -> part.addMessageType(kept.toProto()));
        file.getEnumTypes().stream().filter(choices::contains).forEach(kept -> part.addEnumType(kept.toProto()));
        if (file.getName().equals(method.getService().getFile().getName())) {
            part.addService(ServiceDescriptorProto.newBuilder()
                    .setName(method.getService().getName())
                    .addMethod(MethodDescriptorProto.newBuilder()
                            .setName(method.getName())
                            .setInputType("." + method.getInputType().getFullName())
                            .setOutputType("." + method.getOutputType().getFullName())
                            .setServerStreaming(method.isServerStreaming())));
        }
        return part.build();
    }
}
