package dev.toolkeep.client;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.client.direct.DirectManual;
import dev.toolkeep.client.filter.AnswerFilter;
import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.client.search.ToolDescription;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.ToolFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A UTCP client: registers manuals and calls their tools directly, from this process, over whatever protocol each is
/// called by.
///
/// It is the gateway's engine without the gateway. Arguments are judged by the tool's schema before anything is sent,
/// every connection passes the egress guard, time and sizes are bounded, answers are screened, and the journal is
/// written before a call and before its answer. The tools of a manual the program registers are trusted the first time
/// they are seen and pinned by digest in the [ToolRepository]; one whose definition changed rests until [#accept].
///
/// A tool is named `manual.tool`. A manual's name is 1 to 32 letters, digits and `_` (anything else becomes `_`), and
/// case does not count in it.
///
/// ```java
/// try (ToolkeepClient client = ToolkeepClient.create()) {
///     client.register(ManualTemplate.http("weather", "https://weather.example/utcp")).orThrow();
///     ToolResult now = client.call("weather.now", Map.of("city", "Bern"));
///     System.out.println(now.json().get("celsius"));
/// }
/// ```
///
/// Thread-safe. Blocking calls are made for virtual threads and cost none of the platform's while they wait. Everything
/// that fails throws a [ToolkeepException].
public final class ToolkeepClient implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /// Where the program's own code runs that waits for an answer: never on an event loop.
    private static final Executor ASIDE =
            task -> Thread.ofVirtual().name("toolkeep-answer").start(task);

    private final Home home;
    private final ClientConfig config;

    private ToolkeepClient(Home home, ClientConfig config) {
        this.home = home;
        this.config = config;
    }

    /// One without configuration: no manuals, no variables, everything in memory.
    public static ToolkeepClient create() {
        return create(ClientConfig.builder().build());
    }

    /// Registers the configured manuals at once; one that cannot be registered fails the whole.
    ///
    /// @throws BadConfig or [RegistrationFailed], the client closed again
    public static ToolkeepClient create(ClientConfig config) {
        ToolkeepClient client = new ToolkeepClient(Home.open(config), config);
        try {
            client.register(config.manuals()).forEach(Registration::orThrow);
            return client;
        } catch (ToolkeepException e) {
            client.close();
            throw e;
        }
    }

    /// The same from UTCP's configuration file, see [ConfigFile].
    public static ToolkeepClient create(Path configFile) {
        return create(ConfigFile.read(configFile));
    }

    /// Registers one manual; never throws, see [Registration#orThrow].
    public Registration register(ManualTemplate manual) {
        try {
            return home.registrar().register(manual);
        } catch (RegistrationFailed failed) {
            return Registration.failed(failed);
        }
    }

    /// Registers manuals side by side, each failing alone; the results are in the order of `manuals`.
    public List<Registration> register(List<ManualTemplate> manuals) {
        List<CompletableFuture<Registration>> started = manuals.stream()
                .map(manual -> CompletableFuture.supplyAsync(() -> register(manual), ASIDE))
                .toList();
        return started.stream().map(CompletableFuture::join).toList();
    }

    /// Registers methods of this program as a manual; never throws.
    public Registration register(DirectManual manual) {
        try {
            return home.registrar().register(manual);
        } catch (RegistrationFailed failed) {
            return Registration.failed(failed);
        }
    }

    /// Takes a manual and its tools away; what was accepted of it stays remembered.
    ///
    /// @return false when there is none of this name
    public boolean deregister(String manual) {
        return home.registrar().deregister(manual);
    }

    /// Every tool that may be called now, by name.
    public List<ToolDescription> tools() {
        return home.tools();
    }

    /// The best matches first, at most `limit` (1 or more).
    public List<ToolDescription> search(String query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a search gives at least one tool");
        }
        return config.search().search(tools(), query, limit);
    }

    /// The full names of the variables a manual's own template needs. Nothing is looked up and nothing is reached.
    public SortedSet<String> requiredVariables(ManualTemplate manual) {
        return home.requiredVariables(manual);
    }

    /// The full names of the variables a registered tool needs.
    ///
    /// @throws CallRefused `tool_not_found`
    public SortedSet<String> requiredVariables(String tool) {
        return home.requiredVariables(ManualName.tool(tool));
    }

    /// The tools whose definition is not the one accepted before, as they are offered now.
    public List<ToolDescription> resting() {
        return home.resting();
    }

    /// How many calls are under way.
    public int open() {
        return home.underWay();
    }

    /// Accepts the definition a resting tool has now; `digest` is the one that was looked at.
    ///
    /// @throws CallRefused when it is offered as another by now, or there is no such tool
    public void accept(String tool, String digest) {
        home.accept(ManualName.tool(tool), digest);
    }

    /// Calls a tool and waits for its answer.
    ///
    /// @param arguments text, numbers, booleans, lists, maps, records
    /// @throws CallRefused nothing was sent
    /// @throws CallFailed the tool or the network broke, or this thread was interrupted (then it still is)
    public ToolResult call(String tool, Map<String, ?> arguments) {
        return call(tool, tree(arguments));
    }

    /// The same with arguments that are JSON already.
    public ToolResult call(String tool, ObjectNode arguments) {
        Withdrawal withdrawal = new Withdrawal();
        Home.Pending pending = home.start(ManualName.tool(tool), arguments, Progress.ignored(), withdrawal);
        try {
            return processed(tool, pending.outcome().get());
        } catch (InterruptedException e) {
            withdrawal.say();
            Thread.currentThread().interrupt();
            throw new CallFailed(ToolFault.withdrawn(true));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call never fails but by value", e);
        }
    }

    /// Calls a tool. The future completes on a virtual thread, with a [ToolkeepException] when it fails; cancelling it
    /// ends the call.
    public CompletableFuture<ToolResult> callAsync(String tool, Map<String, ?> arguments) {
        Withdrawal withdrawal = new Withdrawal();
        ObjectNode json = tree(arguments);
        CompletableFuture<ToolResult> result = home.start(ManualName.tool(tool), json, Progress.ignored(), withdrawal)
                .outcome()
                .thenApplyAsync(outcome -> processed(tool, outcome), ASIDE);
        CompletableFuture<ToolResult> handed = result.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(failure.getCause() == null ? failure : failure.getCause()));
        var _ = handed.whenComplete((value, failure) -> withdrawal.say());
        return handed;
    }

    /// Calls a tool and gives what it says as it says it. Close the stream when done.
    public ToolStream stream(String tool, Map<String, ?> arguments) {
        return stream(tool, tree(arguments));
    }

    private ToolStream stream(String tool, ObjectNode arguments) {
        Withdrawal withdrawal = new Withdrawal();
        String name = ManualName.tool(tool);
        ToolStream stream = new ToolStream(withdrawal, value -> processed(name, value));
        Chunks chunks = new Chunks(stream, home.tellsParts(name));
        var _ = home.start(name, arguments, chunks, withdrawal).outcome().whenComplete((outcome, bug) -> {
            try {
                chunks.end(Home.answer(outcome));
            } catch (ToolkeepException e) {
                stream.broke(e);
            }
        });
        return stream;
    }

    /// The same as a publisher: every subscriber makes a call of its own, and cancelling ends it.
    public Flow.Publisher<JsonNode> publish(String tool, Map<String, ?> arguments) {
        ObjectNode json = tree(arguments);
        return new ToolPublisher(() -> stream(tool, json));
    }

    /// Lets no new call in, waits at most ten seconds for the open ones, and closes everything.
    @Override
    public void close() {
        home.close();
    }

    private ToolResult processed(String tool, CallOutcome outcome) {
        ToolResult result = ToolResult.of(Home.answer(outcome));
        JsonNode value = processed(ManualName.tool(tool), result.json());
        return config.postProcessing().isEmpty() ? result : result.with(value);
    }

    private JsonNode processed(String tool, JsonNode value) {
        JsonNode processed = value;
        for (AnswerFilter processor : config.postProcessing()) {
            processed = processor.process(tool, processed);
        }
        return processed;
    }

    private static ObjectNode tree(Map<String, ?> arguments) {
        return MAPPER.valueToTree(arguments);
    }
}
