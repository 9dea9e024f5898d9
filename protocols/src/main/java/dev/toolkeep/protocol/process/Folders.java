package dev.toolkeep.protocol.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders as they lie on the disk, with links resolved.
public final class Folders {
    private Folders() {}

    /// The real places of those that are there.
    public static List<Path> real(List<Path> folders) {
        List<Path> real = new ArrayList<>();
        for (Path folder : folders) {
            try {
                real.add(folder.toRealPath());
            } catch (IOException e) {
                // What is not there holds nothing.
            }
        }
        return real;
    }

    /// Whether `real`, a resolved path, is one of `folders` or lies in one.
    public static boolean hold(List<Path> folders, Path real) {
        return folders.stream().anyMatch(real::startsWith);
    }
}
