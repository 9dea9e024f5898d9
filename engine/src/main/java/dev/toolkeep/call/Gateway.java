package dev.toolkeep.call;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Seal;
import dev.toolkeep.limits.Lease;
import dev.toolkeep.limits.Limits;
import dev.toolkeep.policy.Circumstances;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.screen.Screen;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.toolset.Chosen;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.trust.Trust;
import dev.toolkeep.trust.TrustedTool;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The whole life of one tool call, top to bottom. Every door leads here, and nothing else opens the vault for a call
/// or sends anything to a tool.
///
/// Deciding is pure: no secret, no network, no waiting, so it runs on the event loop. Only the journal and the protocol
/// are asynchronous, and both come back on the call's home. Never throws for anything a caller can do. Thread-safe.
public final class Gateway {
    /// Where answers are screened that would hold an event loop.
    private static final Executor ASIDE =
            task -> Thread.ofVirtual().name("screen").start(task);

    private final Snapshots snapshots;
    private final Trust trust;
    private final Limits limits;
    private final Vault vault;
    private final Protocol protocols;
    private final Screen screen;
    private final CallLog log;
    private final Listings listings;
    private final InstantSource clock;
    private final OpenCalls open = new OpenCalls();

    /// The parts a call passes through.
    public record Stages(Trust trust, Limits limits, Vault vault, Protocol protocols, Screen screen) {}

    public Gateway(Snapshots snapshots, Stages stages, CallLog log, InstantSource clock) {
        this.snapshots = snapshots;
        this.trust = stages.trust();
        this.limits = stages.limits();
        this.vault = stages.vault();
        this.protocols = stages.protocols();
        this.screen = stages.screen();
        this.log = log;
        this.listings = new Listings(snapshots, trust, clock);
        this.clock = clock;
    }

    /// Who holds this key; an operator's key opens no door here.
    ///
    /// @throws Refused UNAUTHENTICATED, with the same words whatever is wrong
    public Authenticated authenticate(@Nullable String authorization) throws Refused {
        Authenticated who = snapshots.now().keys().authenticate(authorization, clock.instant());
        if (who.caller().kind() == Caller.Kind.OPERATOR) {
            throw new Refused(
                    Refusal.Code.UNAUTHENTICATED,
                    "key",
                    "no valid key",
                    "send Authorization: Bearer with an agent's key");
        }
        return who;
    }

    /// One call. The stage completes on the call's home once the journal holds how it ended; it never fails. When the
    /// caller gives up meanwhile, what was sent is called back and the call ends as cancelled.
    public CompletionStage<CallOutcome> call(ToolCall call) {
        long began = System.nanoTime();
        return switch (decide(call)) {
            case Decision.No(Refusal why) -> log.refused(call, why);
            case Decision.Yes yes ->
                log.opened(call, yes.permitted()) // durable before anything happens
                        .thenCompose(written -> written ? perform(call, yes) : CompletableFuture.completedStage(null))
                        .exceptionally(bug -> log.ours(call, bug))
                        .thenCompose(sent -> close(call, yes, sent, began)); // durable before anyone hears
        };
    }

    /// The tools this caller may see and call now.
    public Listing list(Caller caller) {
        return listings.of(caller);
    }

    /// Those of them that are in a toolset.
    ///
    /// @param toolset its name; empty: all
    /// @throws Refused TOOLSET_NOT_FOUND when there is none of that name, or none of its tools is for this caller
    public Listing list(Caller caller, String toolset) throws Refused {
        return toolset.isEmpty() ? listings.of(caller) : listings.of(caller, toolset);
    }

    /// The toolsets that have something in this listing of all tools, by name. It may look at every tool for every
    /// toolset: not for an event loop.
    public List<Toolset> toolsets(Listing listing) {
        return snapshots.now().toolsets().all().stream()
                .filter(chosen -> listing.tools().stream().anyMatch(listed -> chosen.has(listed.definition())))
                .map(Chosen::toolset)
                .sorted(Comparator.comparing(Toolset::name))
                .toList();
    }

    /// Another with every change of anything.
    public long revision() {
        return snapshots.now().revision();
    }

    /// Seals what a door's clients keep for it.
    public Seal seal() {
        return snapshots.seal(clock);
    }

    /// Records a request that no call could be made of; never blocks.
    public void refusedAtDoor(DoorRefusal request) {
        log.refusedAtDoor(request);
    }

    /// Refuses every call from now on; the stage completes when the open ones have ended.
    public CompletionStage<Void> drain() {
        return open.drain();
    }

    private Decision decide(ToolCall call) {
        Snapshot snapshot = snapshots.now();
        Caller caller = call.who().caller();
        Instant now = clock.instant();
        try {
            open.refuseWhenDraining();
            Tool tool = visible(snapshot, call); // one refusal for hidden and unknown
            TrustedTool trusted = trust.verify(tool, call.chain(), now); // approved, unchanged, callable from here?
            checkArguments(tool, call); // what the tool declares?
            Circumstances circumstances = new Circumstances(now, call.address(), call.chain());
            PermittedCall permitted = snapshot.policy().decide(caller, trusted, call.arguments(), circumstances);
            checkSize(permitted, call);
            Lease lease = limits.take(permitted); // within the caller's share?
            return new Decision.Yes(permitted, open.enter(lease), snapshot.secrets());
        } catch (Refused refused) {
            return new Decision.No(refused.why());
        } catch (RuntimeException bug) {
            return new Decision.No(log.undecided(call, bug)); // a part that breaks means no
        }
    }

    private CompletionStage<@Nullable Sent> perform(ToolCall call, Decision.Yes yes) {
        if (call.withdrawal().said()) {
            return CompletableFuture.completedStage(new Sent.Failed(ToolFault.withdrawn(false)));
        }
        PermittedCall permitted = yes.permitted();
        OpenedSecrets secrets;
        try {
            secrets = vault.open(permitted, yes.secrets()); // exactly what this tool was granted
        } catch (Refused sealed) {
            return CompletableFuture.completedStage(new Sent.Failed(
                    ToolFault.of(ToolFault.Kind.MISSING_SECRET, sealed.why().message())));
        }
        Asking asking = new Asking(call, permitted, screen, secrets, log);
        Dispatch dispatch = new Dispatch(
                permitted.tool().tool().source().name(),
                permitted.tool().definition().template(),
                permitted.arguments(),
                secrets,
                permitted.tool().tool().source().reach(),
                permitted.allowance().deadline(),
                permitted.allowance().answerBytes(),
                call.id(),
                call.traceparent(),
                call.home(),
                asking,
                call.withdrawal(),
                call.talk().equals(Talk.NONE) ? Talk.NONE : call.talk().with(asking));
        return send(dispatch)
                .handle((sent, bug) -> bug == null ? sent : log.ours(call, bug))
                .thenCompose(sent -> screen.takesLong(sent, permitted, secrets)
                        ? CompletableFuture.supplyAsync(() -> screened(call, permitted, secrets, sent), ASIDE)
                                .thenApplyAsync(clean -> clean, call.home())
                        : CompletableFuture.completedStage(screened(call, permitted, secrets, sent)));
    }

    private Sent screened(ToolCall call, PermittedCall permitted, OpenedSecrets secrets, Sent sent) {
        try (secrets) {
            return log.overheard(call, screen.clean(sent, permitted, secrets));
        } catch (RuntimeException bug) {
            return log.ours(call, bug);
        }
    }

    private CompletionStage<Sent> send(Dispatch dispatch) {
        try {
            return protocols.send(dispatch);
        } catch (RuntimeException bug) {
            return CompletableFuture.failedStage(bug);
        }
    }

    /// @param sent null when the journal could not be written, so that nothing was done
    private CompletionStage<CallOutcome> close(ToolCall call, Decision.Yes yes, @Nullable Sent sent, long began) {
        yes.lease().close();
        return switch (sent) {
            case null -> CompletableFuture.completedStage(new CallOutcome.NotAllowed(CallLog.UNAVAILABLE));
            case Sent.Answered(var answer) -> log.closed(call, new CallOutcome.Answered(answer), began);
            case Sent.Failed(ToolFault fault) -> log.closed(call, new CallOutcome.Failed(fault), began);
        };
    }

    private static Tool visible(Snapshot snapshot, ToolCall call) throws Refused {
        Tool tool = named(snapshot, call.toolset(), call.tool());
        if (tool == null || !snapshot.policy().discovers(call.who().caller(), tool.definition())) {
            throw new Refused(
                    Refusal.Code.TOOL_NOT_FOUND,
                    "registry",
                    "there is no such tool for this caller",
                    "list the tools you may use; an operator grants more with a policy rule");
        }
        return tool;
    }

    private static @Nullable Tool named(Snapshot snapshot, String toolset, String name) {
        if (toolset.isEmpty()) {
            return snapshot.registry().find(name);
        }
        Chosen chosen = snapshot.toolsets().find(toolset);
        Tool tool = chosen == null ? null : snapshot.registry().find(chosen.full(name));
        return chosen != null && tool != null && chosen.has(tool.definition()) ? tool : null;
    }

    private static void checkArguments(Tool tool, ToolCall call) throws Refused {
        if (call.talk().purpose() == Talk.Purpose.COMPLETE) {
            completable(tool);
            return;
        }
        List<String> problems = tool.problems(call.arguments());
        if (!problems.isEmpty()) {
            throw new Refused(
                    Refusal.Code.BAD_ARGUMENTS,
                    "schema",
                    "the arguments do not fit the tool's schema: " + String.join("; ", problems),
                    "send arguments that fit the tool's input schema");
        }
    }

    /// What a completion asks is not the arguments but about them; the tool's own schema does not speak of it.
    private static void completable(Tool tool) throws Refused {
        if (!(tool.definition().template() instanceof CallTemplate.Mcp mcp) || mcp.kind() == McpKind.TOOL) {
            throw new Refused(
                    Refusal.Code.BAD_ARGUMENTS,
                    "completion",
                    "only arguments of prompts and resource templates are completed",
                    "ask for a completion of a prompt or of a resource template");
        }
    }

    private static void checkSize(PermittedCall permitted, ToolCall call) throws Refused {
        int most = permitted.allowance().requestBytes();
        if (call.original().length > most) {
            throw new Refused(
                    Refusal.Code.REQUEST_TOO_LARGE,
                    "limit:requestBytes",
                    "the request has " + call.original().length + " bytes, " + most + " are allowed for this tool",
                    "send less, or ask an operator to raise requestBytes in the policy's limits");
        }
    }
}
