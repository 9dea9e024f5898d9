package dev.toolkeep.protocol.file;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.http.ArgumentText;
import dev.toolkeep.protocol.process.Folders;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Marks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One file read for one call. Links are resolved first; what they lead to must lie in a folder that was granted to the
/// source and, where the template names some, in one of those. Used once.
final class FileRead {
    private static final String NOT_ALLOWED =
            "Path not allowed: the file does not lie in a folder that the tool may read";
    private static final String NO_FILE = "there is no such file, or it cannot be read";

    private final FileCall call;
    private final Dispatch dispatch;

    FileRead(FileCall call, Dispatch dispatch) {
        this.call = call;
        this.dispatch = dispatch;
    }

    /// Blocks while the disk is read.
    Answer read() throws Unreadable {
        Path asked = path();
        List<Path> granted = Folders.real(dispatch.reach().readable());
        if (granted.isEmpty()) {
            throw new Unreadable(
                    Kind.EGRESS_DENIED,
                    "no folder was granted to the source; an operator adds the source with --reach file:/FOLDER");
        }
        Path real = resolved(asked, granted);
        checkExtension(asked);
        checkExtension(real);
        int most = Math.min(call.maxBytes(), dispatch.answerBytes());
        byte[] bytes;
        try {
            bytes = SafeOpen.read(real, most);
        } catch (IOException e) {
            throw new Unreadable(Kind.UNREACHABLE, NO_FILE);
        }
        if (bytes.length > most) {
            throw new Unreadable(Kind.TOO_LARGE, "the file is larger than the tool or this call may return");
        }
        return new Answer.Text(text(bytes));
    }

    private Path resolved(Path asked, List<Path> granted) throws Unreadable {
        List<Path> allowed =
                Folders.real(call.allowedPaths().stream().map(Path::of).toList());
        boolean anywhere = call.allowedPaths().isEmpty();
        try {
            Path real = asked.toRealPath();
            if (Folders.hold(granted, real) && (anywhere || Folders.hold(allowed, real))) {
                return real;
            }
        } catch (IOException e) {
            // Nobody learns what is where outside of what was granted.
            if (Folders.hold(dispatch.reach().readable(), asked)
                    && (anywhere
                            || Folders.hold(
                                    call.allowedPaths().stream().map(Path::of).toList(), asked))) {
                throw new Unreadable(Kind.UNREACHABLE, NO_FILE);
            }
        }
        throw new Unreadable(Kind.EGRESS_DENIED, NOT_ALLOWED);
    }

    private Path path() throws Unreadable {
        StringBuilder text = new StringBuilder();
        for (Marks.Piece piece : Marks.pieces(call.path())) {
            text.append(piece.argument() ? argument(piece.text()) : filled(piece.text()));
        }
        String whole = text.toString();
        if (whole.length() > 4096 || whole.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new Unreadable(Kind.BAD_REQUEST, "Path not allowed: it is too long or holds a control character");
        }
        if (List.of(whole.split("/", -1)).contains("..")) {
            throw new Unreadable(Kind.BAD_REQUEST, "Path not allowed: it holds ..");
        }
        try {
            Path path = Path.of(whole);
            return path.isAbsolute()
                    ? path
                    : Path.of(call.allowedPaths().getFirst()).resolve(path);
        } catch (InvalidPathException e) {
            throw new Unreadable(Kind.BAD_REQUEST, "Path not allowed: it is no path on this machine");
        }
    }

    private String argument(String name) throws Unreadable {
        JsonNode value = dispatch.arguments().get(name);
        if (value == null || value.isNull()) {
            throw new Unreadable(Kind.BAD_REQUEST, "the argument " + name + " is missing");
        }
        if (value.isContainer()) {
            throw new Unreadable(Kind.BAD_REQUEST, "the argument " + name + " is part of a path and must be plain");
        }
        return ArgumentText.of(value);
    }

    private String filled(String text) throws Unreadable {
        Set<String> names = Placeholders.names(text);
        for (String name : names) {
            if (value(name) == null) {
                throw new Unreadable(Kind.MISSING_SECRET, "the secret ${" + name + "} was not granted to this tool");
            }
        }
        return Placeholders.fill(text, name -> String.valueOf(value(name)));
    }

    private @Nullable String value(String name) {
        return name.equals(Placeholders.REQUEST_ID)
                ? dispatch.requestId()
                : dispatch.secrets().value(name);
    }

    private void checkExtension(Path path) throws Unreadable {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        boolean named = call.extensions().isEmpty()
                || call.extensions().stream().anyMatch(end -> name.endsWith(end) && name.length() > end.length());
        if (!named) {
            throw new Unreadable(
                    Kind.BAD_REQUEST,
                    "Path not allowed: the file's name must end in " + String.join(", ", call.extensions()));
        }
    }

    private String text(byte[] bytes) throws Unreadable {
        try {
            return Charset.forName(call.encoding())
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(Kind.BAD_ANSWER, "the file is not " + call.encoding() + ", as the tool says it is");
        }
    }
}
