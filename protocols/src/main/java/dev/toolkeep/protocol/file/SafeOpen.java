package dev.toolkeep.protocol.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;

/// Opens a resolved path step by step from the root, each step relative to the folder that is already open and
/// following no link: whatever is swapped in meanwhile, what is read is what was judged, or nothing.
final class SafeOpen {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private SafeOpen() {}

    /// The first `most` bytes of the file and one more, if it has so many.
    ///
    /// @param real a path without links, as [Path#toRealPath] gives it
    /// @throws IOException when a step is a link, no folder, or not there, and when the last is no regular file
    static byte[] read(Path real, int most) throws IOException {
        Path root = real.getRoot();
        try (DirectoryStream<Path> start = Files.newDirectoryStream(root)) {
            if (!(start instanceof SecureDirectoryStream<Path> folder)) {
                throw new IOException("this machine cannot open files without following links");
            }
            return descend(folder, root.relativize(real), most);
        }
    }

    private static byte[] descend(SecureDirectoryStream<Path> folder, Path rest, int most) throws IOException {
        Path step = rest.getName(0);
        if (rest.getNameCount() == 1) {
            return regular(folder, step, most);
        }
        try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(step, LinkOption.NOFOLLOW_LINKS)) {
            return descend(inner, rest.subpath(1, rest.getNameCount()), most);
        }
    }

    private static byte[] regular(SecureDirectoryStream<Path> folder, Path name, int most) throws IOException {
        BasicFileAttributes attributes = folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!attributes.isRegularFile()) {
            throw new NotDirectoryException("not a regular file");
        }
        try (SeekableByteChannel channel = folder.newByteChannel(name, READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(most + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads on.
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }
}
