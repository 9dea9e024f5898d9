package dev.toolkeep.console.access;

import dev.toolkeep.tool.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// A small page of ours: no script, nothing loaded, one style that its own policy names by its hash. Readable on a
/// phone, light and dark as the reader's system is.
final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#f4f5f7;--card:#fff;--ink:#1b2430;--soft:#5b6776;--line:#d9dee5;\
            --go:#0b6b57;--on:#fff}
            @media(prefers-color-scheme:dark){:root{--paper:#12171d;--card:#1b222b;--ink:#e6eaf0;--soft:#9aa7b6;\
            --line:#323c49;--go:#4fc3a5;--on:#08211b}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--paper);\
            color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
            main{width:100%;max-width:34rem;padding:clamp(1.25rem,5vw,2.25rem);background:var(--card);\
            border:1px solid var(--line);border-radius:.75rem}
            h1{margin:0 0 1.25rem;font-size:1rem;letter-spacing:.02em;color:var(--soft)}
            h2{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
            p{margin:0 0 1rem}
            p:last-child{margin:0}
            code{font:.9375rem/1.6 ui-monospace,monospace;overflow-wrap:anywhere}
            .key{display:block;margin:0 0 1rem;padding:.75rem 1rem;background:var(--paper);border:1px solid var(--line);\
            border-radius:.5rem;user-select:all}
            button{width:100%;padding:.8rem 1.25rem;font:inherit;font-weight:600;color:var(--on);background:var(--go);\
            border:0;border-radius:.5rem;cursor:pointer}
            button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
            .soft{color:var(--soft)}
            """;

    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash()
            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private Page() {}

    /// `body` is ours alone: nothing a request said is ever part of it.
    static ResponseEntity<byte[]> of(int status, String title, String body) {
        String html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + title
                + " - Toolkeep</title><style>" + STYLE + "</style></head><body><main><h1>Toolkeep</h1><h2>" + title
                + "</h2>" + body + "</main></body></html>";
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash() {
        String digest = Digest.of(STYLE.getBytes(StandardCharsets.UTF_8)).text();
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.substring(digest.indexOf(':') + 1)));
    }
}
