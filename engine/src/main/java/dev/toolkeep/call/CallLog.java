package dev.toolkeep.call;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.RecordShare;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// What the journal is told of calls. Arguments and answers appear as salted digests only, so that who has them can
/// prove what ran and who has not learns nothing.
public final class CallLog {
    static final Refusal UNAVAILABLE = new Refusal(
            Refusal.Code.UNAVAILABLE,
            "journal",
            "the journal cannot be written, so nothing was done",
            "tell the operator: `toolkeep doctor` says what is wrong");

    private static final Refusal UNDECIDED = new Refusal(
            Refusal.Code.UNAVAILABLE,
            "decide",
            "something broke in the gateway while it decided, so nothing was done",
            "tell the operator: the log has it under this call's id");

    /// Answers larger than this are recorded by their size alone: hashing them would hold the event loop.
    private static final int LARGEST_DIGESTED = 256 << 10;

    /// Records of refused calls a minute and caller.
    static final int MOST_REFUSALS = 600;

    private static final Logger LOG = System.getLogger("dev.toolkeep.call");

    private final Journal journal;
    private final InstantSource clock;
    private final DoorLog doors;
    /// One for each caller there is; only operators make callers.
    private final ConcurrentHashMap<String, RecordShare> refusals = new ConcurrentHashMap<>();

    public CallLog(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        this.doors = new DoorLog(journal, clock);
    }

    /// Completes with whether it was written; on the call's home.
    CompletionStage<Boolean> opened(ToolCall call, PermittedCall permitted) {
        Event event = about(
                        "call.opened",
                        call,
                        permitted.tool().definition().name().text())
                .with("args", journal.salted(call.original()))
                .with("rule", permitted.rule())
                .with("version", permitted.tool().digest().text());
        if (call.talk().purpose() != Talk.Purpose.USE) {
            event.with("purpose", "completion");
        }
        if (!call.chain().isEmpty()) {
            event.with("chain", String.join(" > ", call.chain()));
        }
        if (!call.traceparent().isEmpty()) {
            event.with("trace", call.traceparent());
        }
        return journal.append(event, call.home()).handle((sequence, broken) -> broken == null);
    }

    /// A question of the tool to its caller. Completes with whether it was written; on the call's home.
    CompletionStage<Boolean> asked(ToolCall call, String method) {
        Event event = Event.of("call.asked").with("call", call.id()).with("method", method);
        return journal.append(event, call.home()).handle((sequence, broken) -> broken == null);
    }

    CompletionStage<CallOutcome> closed(ToolCall call, CallOutcome outcome, long began) {
        Event event =
                Event.of("call.closed").with("call", call.id()).with("micros", (System.nanoTime() - began) / 1000);
        switch (outcome) {
            case CallOutcome.Answered(Answer answer) ->
                describe(event.with("outcome", answer instanceof Answer.Asks ? "asked" : "answered"), answer);
            case CallOutcome.Failed(ToolFault fault) ->
                event.with("outcome", fault.kind() == ToolFault.Kind.CANCELLED ? "cancelled" : "failed")
                        .with("code", fault.kind().code());
            case CallOutcome.NotAllowed(Refusal why) ->
                event.with("outcome", "refused").with("code", why.code().text());
        }
        return journal.append(event, call.home()).handle((sequence, broken) -> broken == null ? outcome : unrecorded());
    }

    /// A caller that is refused without end gets [#MOST_REFUSALS] records a minute; the next one counts the rest.
    CompletionStage<CallOutcome> refused(ToolCall call, Refusal why) {
        long more = refusals.computeIfAbsent(
                        call.who().caller().id(), id -> new RecordShare(MOST_REFUSALS, Duration.ofMinutes(1), clock))
                .take();
        if (more == RecordShare.UNSAID) {
            return CompletableFuture.completedStage(new CallOutcome.NotAllowed(journal.sound() ? why : UNAVAILABLE));
        }
        Event event = about("call.refused", call, call.tool())
                .with("code", why.code().text())
                .with("rule", why.rule());
        return journal.append(more > 0 ? event.with("more", more) : event, call.home())
                .handle((sequence, broken) -> new CallOutcome.NotAllowed(broken == null ? why : UNAVAILABLE));
    }

    void refusedAtDoor(DoorRefusal request) {
        doors.refused(request);
    }

    /// A bug of ours: logged once with its stack, told to nobody else.
    Sent ours(ToolCall call, Throwable bug) {
        LOG.log(Level.ERROR, "call " + call.id() + " met a bug", bug);
        return new Sent.Failed(ToolFault.of(
                ToolFault.Kind.OURS,
                "something broke in the gateway; the operator's log has it under call " + call.id()));
    }

    /// A bug of ours while deciding: nothing was done, and that is what the caller hears.
    Refusal undecided(ToolCall call, Throwable bug) {
        LOG.log(Level.ERROR, "call " + call.id() + " met a bug while it was decided", bug);
        return UNDECIDED;
    }

    /// What the tool's process said on the side goes to the operator's log and no further. `sent` was screened.
    Sent overheard(ToolCall call, Sent sent) {
        if (!(sent instanceof Sent.Failed(ToolFault fault)) || fault.overheard().isEmpty()) {
            return sent;
        }
        LOG.log(
                Level.WARNING,
                "call " + call.id() + " of " + call.tool() + ": " + fault.message() + "; its standard error ends: "
                        + fault.overheard());
        return new Sent.Failed(fault.forCaller());
    }

    /// @param tool the full name, or as it was asked for when nobody knows a tool of that name
    private static Event about(String type, ToolCall call, String tool) {
        Event event = Event.of(type)
                .with("address", call.address())
                .with("call", call.id())
                .with("caller", call.who().caller().id())
                .with("door", call.door().name())
                .with("key", call.who().keyId())
                .with("tool", tool);
        return call.toolset().isEmpty() ? event : event.with("toolset", call.toolset());
    }

    private void describe(Event event, Answer answer) {
        byte[] bytes = switch (answer) {
            case Answer.Json json -> json.bytes();
            case Answer.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Answer.Bytes binary -> binary.bytes();
            case Answer.Blocks blocks -> Json.bytes(blocks.content());
            case Answer.Asks asks -> Json.bytes(asks.requests());
        };
        event.with("bytes", bytes.length);
        if (bytes.length <= LARGEST_DIGESTED) {
            event.with("answer", journal.salted(bytes));
        }
        if (answer instanceof Answer.Blocks blocks && blocks.failed()) {
            event.with("code", "tool_error");
        }
    }

    private static CallOutcome unrecorded() {
        return new CallOutcome.Failed(ToolFault.of(
                ToolFault.Kind.OURS,
                "the tool was called, but how it ended could not be recorded; the outcome is unknown"));
    }
}
