package dev.toolkeep.policy;

import java.time.Duration;
import java.util.Set;

/// How much one caller may ask of one tool.
///
/// @param callsPerMinute calls a minute, also the most at one go after a quiet minute
/// @param concurrent calls at the same time
/// @param deadline all the time one call may take
/// @param requestBytes the most a request may measure, as it arrived
/// @param answerBytes the most an answer may measure
/// @param asks what a tool may ask the caller while it works: of [#ASKS]
public record Allowance(
        int callsPerMinute, int concurrent, Duration deadline, int requestBytes, int answerBytes, Set<String> asks) {
    /// What MCP lets a server ask a client for; a tool may ask none of it unless a limit says so.
    public static final Set<String> ASKS = Set.of("elicitation", "sampling", "roots");

    public static final int MOST_CALLS = 1_000_000;
    public static final int MOST_CONCURRENT = 100_000;
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final int MOST_BYTES = 256 << 20;

    /// Where no limit is written: 60 calls a minute, 16 at once, 30 s, 1 MiB in, 4 MiB out, and no questions.
    public static final Allowance DEFAULT = new Allowance(60, 16, Duration.ofSeconds(30), 1 << 20, 4 << 20);

    /// One under which the tool may ask nothing.
    public Allowance(int callsPerMinute, int concurrent, Duration deadline, int requestBytes, int answerBytes) {
        this(callsPerMinute, concurrent, deadline, requestBytes, answerBytes, Set.of());
    }

    public Allowance {
        asks = Set.copyOf(asks);
        if (!ASKS.containsAll(asks)) {
            throw new IllegalArgumentException("a tool may ask for elicitation, sampling and roots");
        }
        if (callsPerMinute < 1 || callsPerMinute > MOST_CALLS) {
            throw new IllegalArgumentException("callsPerMinute must be 1 to " + MOST_CALLS);
        }
        if (concurrent < 1 || concurrent > MOST_CONCURRENT) {
            throw new IllegalArgumentException("concurrent must be 1 to " + MOST_CONCURRENT);
        }
        if (deadline.compareTo(Duration.ofMillis(1)) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline must be 1ms to 1h");
        }
        if (requestBytes < 1 || requestBytes > MOST_BYTES || answerBytes < 1 || answerBytes > MOST_BYTES) {
            throw new IllegalArgumentException("requestBytes and answerBytes must be 1B to 256MiB");
        }
    }
}
