package planted.toolkeep.limits;

/// Counts for the whole process.
public final class Remembers {
    private static int calls;

    public int more() {
        calls++;
        return calls;
    }
}
