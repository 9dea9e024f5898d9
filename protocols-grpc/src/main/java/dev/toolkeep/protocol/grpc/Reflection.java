package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Manual;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks a server what it offers (gRPC Server Reflection Protocol, `grpc.reflection.v1`, and `v1alpha` where the server
/// knows no other). Its messages are few and never change, so they are read by field number. Bounded in bytes, files
/// and rounds. Thread-safe.
record Reflection(Wire wire) {
    private static final List<String> VERSIONS = List.of("v1", "v1alpha");
    private static final int ANSWER_BYTES = 16 << 20;
    private static final int MOST_OFFERED = 1_000;
    private static final int MOST_FILES = 5_000;
    private static final int MOST_ROUNDS = 12;
    private static final int FILE_BY_NAME = 3;
    private static final int FILE_WITH_SYMBOL = 4;
    private static final int FILES = 4;
    private static final int LIST = 7;
    private static final int OFFERED = 6;

    CompletionStage<Listed> list(
            String source, String url, Map<String, String> headers, Secrets secrets, Reach reach, Duration patience) {
        Map<String, String> metadata = new TreeMap<>();
        headers.forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        Asked asked = new Asked(source, url, Map.copyOf(metadata), secrets, reach, patience);
        return ask(asked, 0);
    }

    /// Who is asked, and as whom.
    private record Asked(
            String source, String url, Map<String, String> metadata, Secrets secrets, Reach reach, Duration patience) {}

    private CompletionStage<Listed> ask(Asked asked, int version) {
        List<String> all = new ArrayList<>();
        return exchange(asked, version, frame(LIST, List.of("")), answer -> offered(answer, all))
                .thenCompose(sent -> {
                    if (sent instanceof Sent.Failed(ToolFault fault)) {
                        boolean other = fault.kind() == Kind.UPSTREAM_STATUS && version + 1 < VERSIONS.size();
                        return other ? ask(asked, version + 1) : failed(fault);
                    }
                    List<String> offered = all.stream()
                            .filter(name -> !name.startsWith("grpc.reflection."))
                            .distinct()
                            .toList();
                    if (offered.size() > MOST_OFFERED) {
                        return failed(ToolFault.of(Kind.BAD_ANSWER, "the server offers too much for one source"));
                    }
                    Files files = new Files(new TreeMap<>());
                    return files(asked, version, frame(FILE_WITH_SYMBOL, offered), files, 0)
                            .thenApplyAsync(
                                    done -> done instanceof Sent.Failed(ToolFault fault)
                                            ? new Listed.Failed(fault)
                                            : tools(asked, offered, files),
                                    work -> Thread.startVirtualThread(work));
                });
    }

    private static Listed tools(Asked asked, List<String> offered, Files files) {
        Manual manual =
                new MethodTools(asked.source(), asked.url(), asked.metadata()).of(offered, Imports.of(files.byName()));
        return new Listed.Tools(manual.tools(), manual.leftOut());
    }

    /// Fetches files, and what they need, until nothing is missing or the server has no more.
    private CompletionStage<Sent> files(Asked asked, int version, Buffer question, Files files, int round) {
        int before = files.byName().size();
        return exchange(asked, version, question, files::take).thenCompose(sent -> {
            Collection<String> missing = files.missing();
            boolean more = sent instanceof Sent.Answered
                    && !missing.isEmpty()
                    && files.byName().size() > before
                    && round < MOST_ROUNDS;
            return more
                    ? files(asked, version, frame(FILE_BY_NAME, missing), files, round + 1)
                    : CompletableFuture.completedFuture(sent);
        });
    }

    private static CompletionStage<Listed> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Listed.Failed(fault));
    }

    private record Files(Map<String, FileDescriptorProto> byName) {
        void take(UnknownFieldSet answer) throws InvalidProtocolBufferException {
            for (var response : answer.getField(FILES).getLengthDelimitedList()) {
                for (var file : UnknownFieldSet.parseFrom(response).getField(1).getLengthDelimitedList()) {
                    FileDescriptorProto read = FileDescriptorProto.parseFrom(file);
                    if (byName.size() < MOST_FILES) {
                        byName.putIfAbsent(
                                read.getName(),
                                read.toBuilder().clearSourceCodeInfo().build());
                    }
                }
            }
        }

        Collection<String> missing() {
            TreeSet<String> missing = new TreeSet<>();
            byName.values().forEach(file -> missing.addAll(file.getDependencyList()));
            missing.removeAll(byName.keySet());
            return missing;
        }
    }

    private static void offered(UnknownFieldSet answer, List<String> into) throws InvalidProtocolBufferException {
        for (var response : answer.getField(OFFERED).getLengthDelimitedList()) {
            for (var one : UnknownFieldSet.parseFrom(response).getField(1).getLengthDelimitedList()) {
                UnknownFieldSet.parseFrom(one)
                        .getField(1)
                        .getLengthDelimitedList()
                        .forEach(name -> into.add(name.toStringUtf8()));
            }
        }
    }

    /// Takes one response.
    private interface Taking {
        void take(UnknownFieldSet answer) throws InvalidProtocolBufferException;
    }

    private CompletionStage<Sent> exchange(Asked asked, int version, Buffer question, Taking taking) {
        HttpCall call = new HttpCall(
                HttpCall.Method.POST,
                asked.url() + "/grpc.reflection." + VERSIONS.get(version) + ".ServerReflection/ServerReflectionInfo",
                "application/grpc",
                asked.metadata(),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                asked.patience());
        Dispatch dispatch = new Dispatch(
                asked.source(),
                new CallTemplate.Grpc(call, "", 1),
                Json.object(),
                asked.secrets(),
                asked.reach(),
                asked.patience(),
                ANSWER_BYTES,
                "reflection",
                "",
                Runnable::run,
                Progress.ignored(),
                new Withdrawal());
        try {
            return wire.send(dispatch, HttpPlan.of(call), question, stream -> new Responses(stream, taking));
        } catch (Unsendable unsendable) {
            return CompletableFuture.completedFuture(new Sent.Failed(unsendable.fault()));
        }
    }

    private static final class Responses implements GrpcReader.Messages {
        private final HttpStream stream;
        private final Taking taking;
        private long bytes;

        Responses(HttpStream stream, Taking taking) {
            this.stream = stream;
            this.taking = taking;
        }

        @Override
        public void take(byte[] message) {
            bytes += message.length;
            if (bytes > ANSWER_BYTES) {
                stream.fail(Kind.TOO_LARGE, "the server's descriptors are larger than 16 MiB");
                return;
            }
            try {
                taking.take(UnknownFieldSet.parseFrom(message));
            } catch (InvalidProtocolBufferException e) {
                stream.fail(Kind.BAD_ANSWER, "the server's reflection cannot be read");
            }
        }

        @Override
        public Sent done() {
            return new Sent.Answered(new Answer.Text(""));
        }
    }

    /// One request for each text, all in one stream.
    private static Buffer frame(int field, Collection<String> texts) {
        Buffer frames = Buffer.buffer();
        for (String text : texts) {
            UnknownFieldSet request = UnknownFieldSet.newBuilder()
                    .addField(
                            field,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8(text))
                                    .build())
                    .build();
            frames.appendBuffer(Wire.frame(request.toByteArray()));
        }
        return frames;
    }
}
