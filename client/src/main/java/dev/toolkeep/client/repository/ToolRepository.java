package dev.toolkeep.client.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// What a client must remember of the manuals it registered: the digest by which each tool's definition was accepted.
/// With one that outlives the program, a definition that changed between two runs is refused until it is accepted; in
/// memory that holds between two registrations. Must be thread-safe.
public interface ToolRepository {
    /// Digests (`sha256:…`) by tool name without the manual; empty for a manual it never heard of.
    Map<String, String> pins(String manual) throws IOException;

    /// Replaces what is remembered of one manual; durable when this returns.
    void save(String manual, Map<String, String> pins) throws IOException;

    static ToolRepository inMemory() {
        return new MemoryRepository();
    }

    /// One JSON file (mode 0600), made when absent and replaced whole at every change. One client at a time.
    ///
    /// @throws IOException one sentence: the file cannot be read, or is not such a file
    static ToolRepository file(Path file) throws IOException {
        return FileRepository.open(file);
    }
}
