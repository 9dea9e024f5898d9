package dev.toolkeep.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The file that comes next, made of zeros by a thread of its own while the one before is still being filled, so that
/// no record waits for it. When there is no room for it the writer hears of it only when it needs it: then nothing may
/// be written any more. One thread only.
final class Spare {
    private static final String FILE = "spare";
    private static final Logger LOG = System.getLogger(Spare.class.getName());

    private final Path folder;
    private final Path file;
    private final long size;
    private final boolean sync;
    private @Nullable CompletableFuture<Void> making;

    /// Throws away what a crash left of an earlier one.
    Spare(Path folder, long size, boolean sync) throws IOException {
        this.folder = folder;
        this.file = folder.resolve(FILE);
        this.size = size;
        this.sync = sync;
        Files.deleteIfExists(file);
    }

    /// Begins to make it, unless that was begun before.
    CompletableFuture<Void> prepare() {
        CompletableFuture<Void> begun = making;
        if (begun == null) {
            begun = new CompletableFuture<>();
            making = begun;
            CompletableFuture<Void> made = begun;
            Thread.ofPlatform().name("toolkeep-journal-spare").daemon().start(() -> make(made));
        }
        return begun;
    }

    /// Puts it in its place, durably, and waits for that.
    void become(Path segment) throws IOException {
        try {
            prepare().join();
        } catch (CompletionException e) {
            throw new IOException(
                    "its next file (" + size + " bytes in " + folder
                            + ") could not be made; see that there is room, then start again: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()),
                    e);
        }
        making = null;
        if (Files.exists(segment, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(segment + " is there already, and this journal did not write it");
        }
        Files.move(file, segment, StandardCopyOption.ATOMIC_MOVE);
        name();
    }

    /// Makes the file that is there, or is not yet, as long as one that was prepared.
    Path filled(Path segment) throws IOException {
        try {
            fill(segment, size, sync);
        } catch (IOException e) {
            throw new JournalBroken(
                    "the journal's file (" + size + " bytes in " + folder
                            + ") could not be made; see that there is room, then start again: " + e.getMessage(),
                    e);
        }
        name();
        return segment;
    }

    /// Makes the names in the folder durable.
    private void name() throws IOException {
        if (sync) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /// Waits for one that is being made, and throws it away; if it will not go, the next start tries again.
    void discard() {
        CompletableFuture<Void> begun = making;
        if (begun != null) {
            begun.handle((made, failure) -> failure == null).join();
            making = null;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the journal's spare file cannot be deleted", e);
        }
    }

    /// What the file lacks becomes zeros that are really there, so that no later write into it finds the disk full.
    private static void fill(Path segment, long size, boolean sync) throws IOException {
        try (FileChannel channel = FileChannel.open(
                segment, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS)) {
            long place = channel.size();
            if (!sync) {
                if (place < size) {
                    channel.write(ByteBuffer.allocate(1), size - 1); // a hole reads as zeros and costs nothing
                }
                return;
            }
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 18);
            while (place < size) {
                zeros.position(0).limit((int) Math.min(zeros.capacity(), size - place));
                place += channel.write(zeros, place);
            }
            channel.force(true);
        }
    }

    private void make(CompletableFuture<Void> made) {
        try {
            fill(file, size, sync);
            made.complete(null);
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "the journal's next file cannot be made; once the present one is full, every call will be refused",
                    e);
            made.completeExceptionally(e);
        }
    }
}
