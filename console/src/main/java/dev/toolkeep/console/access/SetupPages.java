package dev.toolkeep.console.access;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The set-up link: one page with one button. Looking at it changes nothing, so a preview of the link in a chat does
/// not use it up; the button consumes it and shows a new operator's key, once. No script, nothing loaded.
@RestController
public class SetupPages {
    private static final String STYLE =
            "body{font-family:sans-serif;max-width:40em;margin:4em auto;padding:0 1em}code{word-break:break-all}";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash()
            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final AdminRooms rooms;
    private final DoorNotes notes;

    public SetupPages(AdminRooms rooms, DoorNotes notes) {
        this.rooms = rooms;
        this.notes = notes;
    }

    @GetMapping(path = "/setup/{token}", produces = MediaType.TEXT_HTML_VALUE)
    @SecurityRequirements
    @Operation(summary = "The page behind a set-up link")
    public ResponseEntity<byte[]> show(@PathVariable("token") String token, HttpServletRequest request) {
        if (!rooms.setup().live(token)) {
            return gone(request);
        }
        return page(
                200,
                "<p>This makes a key for you, the operator. It is shown once, and this link works once.</p>"
                        + "<form method=\"post\"><button type=\"submit\">Show my key</button></form>");
    }

    @PostMapping(path = "/setup/{token}", produces = MediaType.TEXT_HTML_VALUE)
    @SecurityRequirements
    @Operation(summary = "Uses a set-up link up and shows a new operator's key")
    public ResponseEntity<byte[]> consume(@PathVariable("token") String token, HttpServletRequest request)
            throws Refused {
        Minted minted;
        try {
            minted = rooms.setup().consume(token);
        } catch (Refused refused) {
            if (refused.why().code() != Refusal.Code.NOT_FOUND) {
                throw refused;
            }
            return gone(request);
        }
        try (var key = minted.key()) {
            return page(
                    200,
                    "<p>Your key. It is shown only now; keep it where only you can read it.</p><p><code>" + key.reveal()
                            + "</code></p><p>Use it as <code>Authorization: Bearer</code>.</p>");
        }
    }

    private ResponseEntity<byte[]> gone(HttpServletRequest request) {
        notes.refused(request.getRemoteAddr(), "", "setup_link", Asked.words(request));
        return page(
                404,
                "<p>This set-up link does not work, or works no more. Start Toolkeep again for a new one, or use"
                        + " the key in the file operator.token of its data folder.</p>");
    }

    /// `body` is ours alone: nothing a request said is ever part of it.
    private static ResponseEntity<byte[]> page(int status, String body) {
        String html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Toolkeep</title><style>"
                + STYLE + "</style></head><body><h1>Toolkeep</h1>" + body + "</body></html>";
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash() {
        byte[] digest = java.util.HexFormat.of()
                .parseHex(dev.toolkeep.tool.Digest.of(STYLE.getBytes(StandardCharsets.UTF_8))
                        .text()
                        .substring(7));
        return Base64.getEncoder().encodeToString(digest);
    }
}
