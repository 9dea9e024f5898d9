package dev.toolkeep.console.access;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
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
        return Page.of(
                200,
                "Welcome",
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
            return Page.of(
                    200,
                    "Your operator key",
                    "<p>It is shown only now. Keep it where only you can read it.</p><code class=\"key\">"
                            + key.reveal()
                            + "</code><p class=\"soft\">Every request carries it in the header"
                            + " <code>Authorization: Bearer &lt;key&gt;</code>.</p>");
        }
    }

    private ResponseEntity<byte[]> gone(HttpServletRequest request) {
        notes.refused(request.getRemoteAddr(), "", "setup_link", Asked.words(request));
        return Page.of(
                404,
                "This link does not work",
                "<p>It was used, is older than a day, or a newer one took its place.</p><p class=\"soft\">Start Toolkeep"
                        + " again for a new one, or use the key in the file <code>operator.token</code> of its data"
                        + " folder.</p>");
    }
}
