package dev.toolkeep.remote;

import java.util.Locale;

/// One whole answer.
///
/// @param mediaType lower case, without parameters; empty where there was none
public record Reply(int status, String mediaType, byte[] body) {
    public boolean json() {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
