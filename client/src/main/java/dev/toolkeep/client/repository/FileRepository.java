package dev.toolkeep.client.repository;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Remembers in one file: `{"manuals":{manual:{tool:digest}}}`.
final class FileRepository implements ToolRepository {
    private final Path file;
    private final Map<String, Map<String, String>> pins;

    private FileRepository(Path file, Map<String, Map<String, String>> pins) {
        this.file = file;
        this.pins = pins;
    }

    static FileRepository open(Path file) throws IOException {
        Path at = file.toAbsolutePath();
        if (!Files.exists(at)) {
            return new FileRepository(at, new TreeMap<>());
        }
        if (Files.size(at) > Bounds.DOCUMENT.bytes()) {
            throw new IOException(at + " is too large for a tool repository");
        }
        try {
            return new FileRepository(at, read(StrictJson.object(Files.readAllBytes(at), Bounds.DOCUMENT)));
        } catch (Malformed e) {
            throw new IOException(at + " is no tool repository: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized Map<String, String> pins(String manual) {
        return Map.copyOf(pins.getOrDefault(manual, Map.of()));
    }

    @Override
    public synchronized void save(String manual, Map<String, String> kept) throws IOException {
        Map<String, Map<String, String>> next = new TreeMap<>(pins);
        next.put(manual, new TreeMap<>(kept));
        write(next);
        pins.put(manual, new TreeMap<>(kept));
    }

    private void write(Map<String, Map<String, String>> all) throws IOException {
        ObjectNode json = Json.object();
        ObjectNode manuals = json.putObject("manuals");
        all.forEach((manual, tools) -> tools.forEach(manuals.putObject(manual)::put));
        Path folder = file.getParent();
        Path next = Files.createTempFile(folder, file.getFileName() + ".", ".new", ownerOnly());
        try {
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.bytes(json));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Map<String, Map<String, String>> read(ObjectNode json) throws Malformed {
        Map<String, Map<String, String>> pins = new TreeMap<>();
        if (!(json.get("manuals") instanceof ObjectNode manuals)) {
            throw new Malformed("it has no object `manuals`");
        }
        for (Map.Entry<String, JsonNode> manual : manuals.properties()) {
            Map<String, String> tools = new TreeMap<>();
            for (Map.Entry<String, JsonNode> tool : manual.getValue().properties()) {
                if (!tool.getValue().isString()) {
                    throw new Malformed("a digest in `manuals` is no text");
                }
                tools.put(tool.getKey(), tool.getValue().stringValue());
            }
            pins.put(manual.getKey(), tools);
        }
        return pins;
    }
}
