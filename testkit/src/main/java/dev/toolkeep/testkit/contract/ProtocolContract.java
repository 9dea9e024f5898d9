package dev.toolkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What every [Protocol] does. An extension opens a real tool of its protocol and says how its calls look; where a
/// protocol has no such call (a text never hangs) it says null, and what would be asked of it is skipped.
public abstract class ProtocolContract {
    /// The value of `${TOKEN}`, which no fault may repeat.
    protected static final String TOKEN = "s3cr3t-value-of-the-token";

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int ROOM = 1 << 20;

    private final ExecutorService home = Executors.newSingleThreadExecutor(task -> new Thread(task, "home"));
    private Kit kit;

    /// One protocol and the calls to try it with.
    ///
    /// @param protocol as the program wires it
    /// @param reach what the source must be granted for these calls
    /// @param answers is answered with more than 16 and less than a million bytes
    /// @param hangs is never answered; null: the protocol has no such call
    /// @param large would be answered with more than a million bytes, or never ends answering; null: none
    /// @param breaks holds `${TOKEN}` and ends in a fault after it was sent; null: none
    /// @param arguments of all of them
    protected record Kit(
            Protocol protocol,
            Reach reach,
            CallTemplate answers,
            @Nullable CallTemplate hangs,
            @Nullable CallTemplate large,
            @Nullable CallTemplate breaks,
            ObjectNode arguments) {
        /// One whose calls have no arguments.
        public Kit(
                Protocol protocol,
                Reach reach,
                CallTemplate answers,
                @Nullable CallTemplate hangs,
                @Nullable CallTemplate large,
                @Nullable CallTemplate breaks) {
            this(protocol, reach, answers, hangs, large, breaks, Json.object());
        }
    }

    /// Opened for every test.
    protected abstract Kit open() throws Exception;

    /// Waits until the tool has the call that hangs, so that withdrawing meets it under way.
    protected void awaitHanging() throws Exception {}

    /// Closes what [#open] opened.
    protected abstract void close() throws Exception;

    @BeforeEach
    final void openKit() throws Exception {
        kit = open();
    }

    @AfterEach
    final void closeKit() throws Exception {
        close();
        home.shutdownNow();
    }

    @Test
    void anAnswerComesOnceAndAtHome() {
        AtomicInteger times = new AtomicInteger();
        CompletableFuture<String> where = new CompletableFuture<>();
        // Sent from its home, as doors do: what is answered at once is answered there.
        home.execute(() -> {
            var _ = send(dispatch(kit.answers(), LONG, ROOM)).whenComplete((sent, bug) -> {
                times.incrementAndGet();
                where.complete(
                        bug == null && sent instanceof Sent.Answered
                                ? Thread.currentThread().getName()
                                : "no answer: " + sent + bug);
            });
        });
        assertThat(await(where)).isEqualTo("home");
        assertThat(times).hasValue(1);
    }

    @Test
    void manyCallsAtATimeAreAllAnswered() {
        var calls = java.util.stream.IntStream.range(0, 16)
                .mapToObj(i -> send(dispatch(kit.answers(), LONG, ROOM)))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(await(call)).isInstanceOf(Sent.Answered.class));
    }

    @Test
    void anAnswerLargerThanTheCallAllowsIsAFault() {
        assertThat(fault(dispatch(kit.answers(), LONG, 16)).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void anEndlessAnswerIsAFault() {
        assertThat(fault(dispatch(had(kit.large()), LONG, ROOM / 4)).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void whatIsNotAnsweredInTimeIsAFaultAtHome() {
        Dispatch late = dispatch(had(kit.hangs()), SHORT, ROOM);
        CompletableFuture<String> where = new CompletableFuture<>();
        CompletableFuture<Sent> sent = send(late);
        var _ = sent.whenComplete(
                (done, bug) -> where.complete(Thread.currentThread().getName()));
        assertThat(fault(await(sent)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(await(where)).isEqualTo("home");
    }

    @Test
    void whoGaveUpBeforehandIsToldSoAndNothingIsAnswered() {
        Dispatch dispatch = dispatch(had(kit.hangs()), LONG, ROOM);
        dispatch.withdrawal().say();
        assertThat(fault(dispatch).kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void whoGivesUpMeanwhileIsToldSoAtHome() throws Exception {
        Dispatch dispatch = dispatch(had(kit.hangs()), LONG, ROOM);
        CompletableFuture<String> where = new CompletableFuture<>();
        CompletableFuture<Sent> sent = send(dispatch);
        var _ = sent.whenComplete(
                (done, bug) -> where.complete(Thread.currentThread().getName()));
        awaitHanging();
        dispatch.withdrawal().say();
        assertThat(fault(await(sent)).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(await(where)).isEqualTo("home");
    }

    @Test
    void aSecretThatWasNotGrantedIsAFaultThatNamesIt() {
        Dispatch dispatch = dispatch(had(kit.breaks()), LONG, ROOM);
        ToolFault fault = fault(with(dispatch, Secrets.none()));
        assertThat(fault.kind()).isEqualTo(Kind.MISSING_SECRET);
        assertThat(fault.message()).contains("TOKEN");
    }

    @Test
    void aFaultTellsNoSecret() {
        ToolFault fault = fault(dispatch(had(kit.breaks()), LONG, ROOM));
        assertThat(fault.kind()).isNotIn(Kind.MISSING_SECRET, Kind.OURS);
        assertThat(fault.message()).isNotEmpty().doesNotContain(TOKEN);
    }

    @Test
    void atATemplateOfAnotherProtocolItFaultsAndDoesNotThrow() {
        assertThat(fault(dispatch(new CallTemplate.Builtin("clock"), LONG, ROOM))
                        .kind())
                .isEqualTo(Kind.OURS);
    }

    private static CallTemplate had(@Nullable CallTemplate template) {
        assumeThat(template).as("the protocol has no such call").isNotNull();
        return java.util.Objects.requireNonNull(template);
    }

    private Dispatch dispatch(CallTemplate template, Duration timeout, int answerBytes) {
        return new Dispatch(
                "src",
                template,
                kit.arguments(),
                name -> name.equals("TOKEN") ? TOKEN : null,
                kit.reach(),
                timeout,
                answerBytes,
                "req-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                home,
                Progress.ignored(),
                new Withdrawal());
    }

    private static Dispatch with(Dispatch d, Secrets secrets) {
        return new Dispatch(
                d.source(),
                d.template(),
                d.arguments(),
                secrets,
                d.reach(),
                d.timeout(),
                d.answerBytes(),
                d.requestId(),
                d.traceparent(),
                d.home(),
                d.progress(),
                d.withdrawal());
    }

    /// Sends as the gateway does: from home. What the protocol throws fails the test.
    private CompletableFuture<Sent> send(Dispatch dispatch) {
        return CompletableFuture.supplyAsync(() -> kit.protocol().send(dispatch), home)
                .thenCompose(stage -> stage);
    }

    private ToolFault fault(Dispatch dispatch) {
        return fault(await(send(dispatch)));
    }

    private static ToolFault fault(Sent sent) {
        if (sent instanceof Sent.Failed(ToolFault fault)) {
            return fault;
        }
        throw new AssertionError("no fault but " + sent);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
    }
}
