package dev.toolkeep.client;

import dev.toolkeep.admin.Changes;
import dev.toolkeep.admin.Choice;
import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.OwnSources;
import dev.toolkeep.admin.ToolAdmin;
import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Door;
import dev.toolkeep.call.ToolCall;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.client.direct.DirectCalls;
import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.client.search.ToolDescription;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.policy.Policy;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.variable.EnvironmentVariables;
import dev.toolkeep.variable.VariableName;
import dev.toolkeep.variable.VariableSource;
import dev.toolkeep.variable.Variables;
import dev.toolkeep.vault.RequiredVariables;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// A client's own engine, wired: storage in memory, keys and journal in its folder, one caller that is the program.
final class Home implements AutoCloseable {
    private static final String VERSION = "toolkeep-client";
    private static final JournalOptions JOURNAL = new JournalOptions(16L << 20, 65_536, false);

    private final Vertx vertx;
    private final Folder folder;
    private final Engine engine;
    private final Authenticated who;
    private final Loops loops;
    private final ManualReader reader;
    private final Registrar registrar;
    private final ToolAdmin decisions;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final String run;

    /// A call under way; `outcome` completes on the call's event loop and never fails.
    record Pending(CompletableFuture<CallOutcome> outcome) {}

    private Home(Vertx vertx, Folder folder, Engine engine, ClientConfig config, DirectCalls methods) {
        this.vertx = vertx;
        this.folder = folder;
        this.engine = engine;
        this.who = itself(engine, config);
        this.loops = Loops.start(vertx, Math.min(8, Runtime.getRuntime().availableProcessors()));
        this.reader = new ManualReader(engine.discovery(), loops, variables(config), who.caller());
        Changes changes = new Changes(engine.journal(), engine.snapshots(), engine.clock());
        this.registrar =
                new Registrar(engine, new OwnSources(engine.stores().catalog(), changes), config, reader, methods);
        this.decisions = new ToolAdmin(engine.stores().catalog(), engine.snapshots(), changes);
        this.run = who.keyId();
    }

    /// @throws BadConfig when nothing can be opened with it
    static Home open(ClientConfig config) {
        Folder folder = Folder.of(config.folder());
        Vertx vertx = vertx();
        try {
            EngineOptions options = EngineOptions.defaults(VERSION).withJournal(JOURNAL);
            DirectCalls methods = new DirectCalls();
            Engine engine =
                    Engine.open(folder.path(), Stores.inMemory(), vertx, InstantSource.system(), options, methods);
            return new Home(vertx, folder, engine, config, methods);
        } catch (IOException e) {
            vertx.close();
            folder.close();
            throw new BadConfig("the folder " + folder.path() + " cannot be used: " + e.getMessage());
        } catch (BadConfig e) {
            vertx.close();
            folder.close();
            throw e;
        }
    }

    Registrar registrar() {
        return registrar;
    }

    List<ToolDescription> tools() {
        return engine.gateway().list(who.caller()).tools().stream()
                .map(listed -> ToolDescription.of(listed.definition(), listed.digest()))
                .toList();
    }

    /// What is offered and may not be called, for nobody accepted it as it is.
    List<ToolDescription> resting() {
        Stores stores = engine.stores();
        List<ToolDescription> resting = new ArrayList<>();
        for (Standing standing : stores.catalog().standings()) {
            Digest offered = standing.offered();
            if (offered != null && standing.status(engine.clock().instant()) != Standing.Status.APPROVED) {
                stores.catalog()
                        .version(offered)
                        .ifPresent(version -> resting.add(ToolDescription.of(version.definition(), offered)));
            }
        }
        return resting;
    }

    int underWay() {
        return underWay.get();
    }

    /// Starts a call on one of the event loops.
    ///
    /// @throws CallRefused `malformed`: the arguments are no JSON that can be sent
    Pending start(String tool, ObjectNode arguments, Progress progress, Withdrawal withdrawal) {
        byte[] bytes = Json.bytes(arguments);
        ObjectNode judged;
        try {
            judged = StrictJson.object(bytes, Bounds.REQUEST);
        } catch (Malformed e) {
            throw new CallRefused(new Refusal(
                    Refusal.Code.MALFORMED, "json", "the arguments are " + e.getMessage(), "send other arguments"));
        }
        Loops.Loop loop = loops.next();
        ToolCall call = new ToolCall(
                run + "-" + calls.incrementAndGet(),
                who,
                Door.CLIENT,
                List.of(),
                "",
                tool,
                judged,
                bytes,
                "local",
                "",
                withdrawal,
                loop,
                progress);
        CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        underWay.incrementAndGet();
        loop.execute(() -> {
            var _ = engine.gateway().call(call).whenComplete((ended, bug) -> {
                underWay.decrementAndGet();
                outcome.complete(bug == null ? ended : ours());
            });
        });
        return new Pending(outcome);
    }

    /// What was answered.
    ///
    /// @throws ToolkeepException what kept it from being answered
    static Answer answer(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Answered(Answer.Blocks blocks)
            when blocks.failed() ->
                throw new CallFailed(new ToolFault(
                        ToolFault.Kind.UPSTREAM_ERROR, "the tool says that it failed", Json.text(blocks.content())));
            case CallOutcome.Answered(Answer answer) -> answer;
            case CallOutcome.NotAllowed(Refusal why) -> throw new CallRefused(forProgram(why));
            case CallOutcome.Failed(ToolFault fault) -> throw new CallFailed(fault);
        };
    }

    /// Whether the events of this tool's calls are the parts of its answer.
    boolean tellsParts(String tool) {
        Tool known = engine.snapshots().now().registry().find(tool);
        return known != null && !(known.definition().template() instanceof CallTemplate.Mcp);
    }

    SortedSet<String> requiredVariables(ManualTemplate manual) {
        ManualName name = Registrar.name(manual.name());
        return full(name.utcp(), reader.prepare(name, manual).variables());
    }

    SortedSet<String> requiredVariables(String tool) {
        Tool known = engine.snapshots().now().registry().find(tool);
        if (known == null) {
            throw new CallRefused(new Refusal(
                    Refusal.Code.TOOL_NOT_FOUND, "registry", "there is no such tool", "register its manual first"));
        }
        String manual = registrar.utcp(known.source().name());
        return full(manual, RequiredVariables.of(known.definition().template()));
    }

    void accept(String tool, String digest) {
        try {
            Choice choice = new Choice(ToolName.parse(tool), new Digest(digest));
            decisions.approve(Operator.program(), List.of(choice), null, true);
            registrar.pin(choice.tool(), choice.seen());
        } catch (Refused refused) {
            throw new CallRefused(forProgram(refused.why()));
        }
    }

    @Override
    public void close() {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        folder.close();
    }

    /// Nothing of it is kept on disk, and its threads do not keep a program alive that forgot to close the client.
    private static Vertx vertx() {
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setFileSystemOptions(files));
    }

    private static Authenticated itself(Engine engine, ClientConfig config) {
        try {
            Policy.compile(config.policy());
        } catch (Malformed e) {
            throw new BadConfig("the policy: " + e.getMessage());
        }
        Stores stores = engine.stores();
        stores.callers().save(Caller.of("client", Caller.Kind.SERVICE, Set.of("client"), Set.of()));
        Minted minted = engine.keys().mint("client", engine.clock().instant(), null);
        stores.callers().save(minted.stored());
        stores.policies()
                .save(new PolicyText(
                        1, config.policy(), "client", engine.clock().instant()));
        engine.snapshots().rebuild();
        try (var key = minted.key()) {
            return engine.gateway().authenticate("Bearer " + key.reveal());
        } catch (Refused e) {
            throw new IllegalStateException("a key made a moment ago is valid", e);
        }
    }

    private static Variables variables(ClientConfig config) {
        List<VariableSource> sources = new ArrayList<>(List.of(config.variables()));
        if (!config.environmentPrefixes().isEmpty()) {
            sources.add(environment(config.environmentPrefixes()));
        }
        return Variables.of(VariableSource.inOrder(sources));
    }

    private static VariableSource environment(List<String> prefixes) {
        Map<String, String> environment = System.getenv();
        try {
            return new EnvironmentVariables(environment, prefixes);
        } catch (IllegalArgumentException e) {
            throw new BadConfig("environment prefixes: " + e.getMessage());
        }
    }

    private static SortedSet<String> full(String manual, Collection<String> names) {
        SortedSet<String> full = new TreeSet<>();
        names.forEach(name -> full.add(new VariableName(manual, name).toString()));
        return full;
    }

    /// Where the gateway sends people to an operator, a program is its own.
    private static Refusal forProgram(Refusal why) {
        String advice = switch (why.code()) {
            case TOOL_NOT_FOUND -> "register its manual; tools() lists what may be called";
            case TOOL_NOT_APPROVED, TOOL_QUARANTINED ->
                "its definition is not the one that was accepted: look at it, then accept(tool, digest)";
            case POLICY_DENIED, RATE_LIMITED, TOO_MANY_AT_ONCE, REQUEST_TOO_LARGE ->
                "the client's own policy says so: change the call, or the policy in its configuration";
            default -> why.advice();
        };
        return new Refusal(why.code(), why.rule(), why.message(), advice);
    }

    private static CallOutcome ours() {
        return new CallOutcome.Failed(
                ToolFault.of(ToolFault.Kind.OURS, "something broke in the client; its log has it"));
    }
}
