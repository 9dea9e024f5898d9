package dev.toolkeep.wire;

/// How large a document may be. `bytes` of the whole, `depth` of nested containers, `text` characters of one
/// string or name, `number` characters of one number. Over a bound means refused, never cut.
public record Bounds(int bytes, int depth, int text, int number) {
    /// What arrives at a door: 1 MiB, 64 deep.
    public static final Bounds REQUEST = new Bounds(1 << 20, 64, 1 << 20, 400);
    /// What a tool answers: 4 MiB, 128 deep.
    public static final Bounds ANSWER = new Bounds(4 << 20, 128, 4 << 20, 400);
    /// A fetched manual or OpenAPI document: 64 MiB, 200 deep.
    public static final Bounds DOCUMENT = new Bounds(64 << 20, 200, 8 << 20, 400);

    private static final int FEWEST_VALUES = 1_000;
    private static final int BYTES_A_VALUE = 10;

    public Bounds withBytes(int limit) {
        return new Bounds(limit, depth, Math.max(limit, 1), number);
    }

    /// The most values a document may consist of: one for every ten bytes it may measure, for an empty list is two
    /// bytes on the wire and a hundred in memory.
    public int values() {
        return Math.max(FEWEST_VALUES, bytes / BYTES_A_VALUE);
    }
}
