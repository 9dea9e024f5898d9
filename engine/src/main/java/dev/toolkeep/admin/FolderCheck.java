package dev.toolkeep.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at who may read a data folder and the keys in it. It needs no server and changes nothing.
public final class FolderCheck {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private FolderCheck() {}

    /// Empty when nobody but the owner may read anything.
    public static List<Finding> of(Path data) {
        List<Finding> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(data, 2)) {
            Set<PosixFilePermission> folder = Files.getPosixFilePermissions(data);
            if (folder.stream().anyMatch(OTHERS::contains)) {
                found.add(new Finding(
                        Finding.Severity.MEDIUM,
                        "data-open-to-others",
                        "the data folder " + data + " is open to others (" + PosixFilePermissions.toString(folder)
                                + ")",
                        "chmod 700 it"));
            }
            all.filter(FolderCheck::holdsKey).forEach(path -> key(path, found));
        } catch (IOException | UncheckedIOException e) {
            found.add(new Finding(
                    Finding.Severity.HIGH,
                    "data-unreadable",
                    "the data folder " + data + " cannot be read whole",
                    "give it to the user that runs Toolkeep"));
        } catch (UnsupportedOperationException e) {
            found.add(new Finding(
                    Finding.Severity.HIGH,
                    "no-file-modes",
                    "the data folder lies on a file system without POSIX permissions, so anybody may read its keys",
                    "move it to one that has them"));
        }
        return found;
    }

    private static boolean holdsKey(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".key") || name.endsWith(".token") || name.endsWith(".link");
    }

    private static void key(Path path, List<Finding> found) {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (modes.stream().anyMatch(OTHERS::contains)) {
                found.add(new Finding(
                        Finding.Severity.HIGH,
                        "key-open-to-others",
                        path + " is open to others (" + PosixFilePermissions.toString(modes) + ")",
                        "chmod 600 it, and renew what it protects"));
            }
        } catch (IOException e) {
            // It went away while we looked; nothing to say of it.
        }
    }
}
