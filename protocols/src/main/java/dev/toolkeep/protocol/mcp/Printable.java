package dev.toolkeep.protocol.mcp;

/// What a server said, made fit for a fault's detail.
final class Printable {
    private static final int LONGEST = 2000;

    private Printable() {}

    /// At most 2,000 characters, control characters but line feed and tab replaced by `?`.
    static String text(String said) {
        return said.substring(0, Math.min(said.length(), LONGEST)).replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }

    /// One line of at most `longest` characters, for names.
    static String line(String said, int longest) {
        String cut = said.length() > longest ? said.substring(0, longest) + "..." : said;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
