package dev.toolkeep.start;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// The program cannot start as it was asked to. The message is one sentence for the person who asked: what is wrong and
/// what to do; it holds no secret.
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }

    /// What went wrong in the data folder. The file system's own exceptions name a path and a reason, all others are a
    /// sentence already.
    static CannotStart of(Path data, IOException e) {
        if (!(e instanceof FileSystemException file)) {
            return new CannotStart(String.valueOf(e.getMessage()), e);
        }
        String reason = e instanceof AccessDeniedException
                ? "permission denied"
                : file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
        return new CannotStart(
                "the data folder " + data + " cannot be used (" + reason + ": " + file.getFile()
                        + "); mend it or choose another with --data",
                e);
    }
}
