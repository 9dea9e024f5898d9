package dev.toolkeep.tool;

import java.util.List;

/// A file of Toolkeep's own machine to read. It is read only inside folders that an operator granted to the tool's
/// source.
///
/// @param path where it lies; may hold `${NAME}` placeholders and `UTCP_ARG_name_UTCP_ARG` arguments
/// @param allowedPaths absolute folders it must lie in; empty: any that was granted
/// @param maxBytes the most it may measure
/// @param encoding the name of a character set
/// @param extensions what its name may end in, each with its dot, in lower case; empty: anything
public record FileCall(String path, List<String> allowedPaths, int maxBytes, String encoding, List<String> extensions) {
    public FileCall {
        allowedPaths = List.copyOf(allowedPaths);
        extensions = List.copyOf(extensions);
    }
}
