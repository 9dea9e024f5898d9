package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.FileCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The template that reads a file, read and written.
final class FileTemplates {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_PATHS = 64;
    private static final Set<String> ENCODINGS =
            Set.of("utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-16", "utf-16le", "utf-16be");
    private static final Pattern EXTENSION = Pattern.compile("\\.[a-z0-9_+-]{1,32}(?:\\.[a-z0-9_+-]{1,32})?");

    private FileTemplates() {}

    static CallTemplate.File read(JsonNode json) throws Malformed {
        if (!(Auths.read(json) instanceof Auth.None)) {
            throw new Malformed("a file template has no auth");
        }
        for (String other : List.of("line_range", "pattern", "transform", "allowed_domains")) {
            Amounts.refuse(json, other, "of a file template is not supported");
        }
        String path = Members.text(json, "file_path");
        if (path.isBlank() || path.length() > 4096 || path.chars().anyMatch(c -> c < ' ')) {
            throw new Malformed("file_path must be a path");
        }
        List<String> allowed = new ArrayList<>();
        for (String folder : Members.texts(json, "allowed_paths")) {
            boolean slash = folder.length() > 1 && folder.endsWith("/");
            allowed.add(CliTemplates.absolute(
                    "each of allowed_paths", slash ? folder.substring(0, folder.length() - 1) : folder));
        }
        if (allowed.size() > MOST_PATHS) {
            throw new Malformed("allowed_paths may be at most " + MOST_PATHS);
        }
        if (!path.startsWith("/") && allowed.size() != 1) {
            throw new Malformed("file_path must be absolute, or allowed_paths one folder that it is relative to");
        }
        String encoding = Members.text(json, "encoding", "utf-8").toLowerCase(Locale.ROOT);
        if (!ENCODINGS.contains(encoding)) {
            throw new Malformed("encoding must be utf-8, us-ascii, iso-8859-1, windows-1252 or utf-16");
        }
        return new CallTemplate.File(new FileCall(
                path, allowed, Amounts.number(json, "max_size", 1, MOST_BYTES, 1 << 20), encoding, extensions(json)));
    }

    static void write(FileCall call, ObjectNode json) {
        json.put("call_template_type", "file").put("file_path", call.path());
        Members.put(json, "allowed_paths", call.allowedPaths());
        json.put("max_size", call.maxBytes()).put("encoding", call.encoding());
        Members.put(json, "allowed_extensions", call.extensions());
    }

    private static List<String> extensions(JsonNode json) throws Malformed {
        List<String> extensions = new ArrayList<>();
        for (String given : Members.texts(json, "allowed_extensions")) {
            String lower = given.toLowerCase(Locale.ROOT);
            String extension = lower.startsWith(".") ? lower : "." + lower;
            if (!EXTENSION.matcher(extension).matches()) {
                throw new Malformed("each of allowed_extensions must be like .txt");
            }
            extensions.add(extension);
        }
        return extensions;
    }
}
