package dev.toolkeep.call;

import static dev.toolkeep.call.CallHouse.answered;
import static dev.toolkeep.policy.Given.NOON;
import static dev.toolkeep.policy.Given.definition;
import static dev.toolkeep.policy.Given.http;
import static dev.toolkeep.policy.Given.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole life of a call: each stage says no where it must, and whatever breaks, the journal tells how it ended and
/// the caller's share is given back.
class GatewayTest {
    private static final String PLAIN = "hunter2hunter2";

    @TempDir
    Path folder;

    private CallHouse house;
    private Authenticated ann;

    @BeforeEach
    void open() {
        house = new CallHouse(folder);
        ann = house.caller("ann", "agent");
        house.approve(tool("pets.list"), null);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static ToolDefinition tool(String name) {
        ToolDefinition bare = definition(name);
        return new ToolDefinition(
                bare.name(),
                bare.title(),
                bare.description(),
                object("{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\"}},"
                        + "\"additionalProperties\":false}"),
                object("{\"type\":\"object\",\"required\":[\"ok\"]}"),
                Json.object(),
                bare.tags(),
                http(Map.of("X-Key", "${PET_KEY}"), new Auth.None()),
                bare.hosts(),
                null);
    }

    private void granted() {
        house.secret("PET_KEY", "source:pets", PLAIN);
    }

    @Test
    void anAllowedCallIsRecordedSentAndRecordedAgain() {
        granted();
        house.tools = dispatch -> {
            assertThat(house.recorded("call.opened")).isEqualTo(1);
            assertThat(house.recorded("call.closed")).isZero();
            assertThat(dispatch.secrets().value("PET_KEY")).isEqualTo(PLAIN);
            return answered("{\"ok\":1}");
        };
        assertThat(house.outcome(house.call(ann, "pets.list", "{}"))).isInstanceOf(CallOutcome.Answered.class);
        assertThat(house.recorded("\"outcome\":\"answered\"")).isEqualTo(1);
        assertThat(house.sent.getFirst().secrets().value("PET_KEY")).isNull();
    }

    @Test
    void eachStageSaysNoBeforeAnythingIsSent() {
        house.approve(tool("pets.expired"), NOON);
        house.stand(tool("pets.waiting"), standing -> standing);
        house.stand(
                tool("pets.held"),
                standing -> standing.approved(approval(tool("pets.held"))).held(new Standing.Hold("op", NOON, "odd")));
        assertThat(no("pets.none", "{}")).isEqualTo(Refusal.Code.TOOL_NOT_FOUND);
        assertThat(no("pets.expired", "{}")).isEqualTo(Refusal.Code.TOOL_NOT_APPROVED);
        assertThat(no("pets.waiting", "{}")).isEqualTo(Refusal.Code.TOOL_NOT_APPROVED);
        assertThat(no("pets.held", "{}")).isEqualTo(Refusal.Code.TOOL_QUARANTINED);
        assertThat(no("pets.list", "{\"kind\":1}")).isEqualTo(Refusal.Code.BAD_ARGUMENTS);
        assertThat(no("pets.list", "{\"kind\":\"cat\"}")).isEqualTo(Refusal.Code.POLICY_DENIED);
        assertThat(no("pets.list", "{\"kind\":\"" + "x".repeat(3000) + "\"}"))
                .isEqualTo(Refusal.Code.REQUEST_TOO_LARGE);
        ToolCall deep = house.call(ann, "pets.list", "{}", List.of("a", "b", "c"), new Withdrawal());
        assertThat(refusal(house.outcome(deep)).code()).isEqualTo(Refusal.Code.CHAIN_TOO_DEEP);
        assertThat(house.sent).isEmpty();
        assertThat(house.recorded("call.refused")).isEqualTo(8);
        assertThat(house.recorded("call.opened")).isZero();
    }

    @Test
    void aHiddenToolIsRefusedInTheWordsOfAnUnknownOne() {
        Authenticated stranger = house.caller("stranger");
        Refusal hidden = refusal(house.outcome(house.call(stranger, "pets.list", "{}")));
        assertThat(hidden).isEqualTo(refusal(house.outcome(house.call(stranger, "pets.none", "{}"))));
        assertThat(hidden).isEqualTo(refusal(house.outcome(house.call(stranger, "pets.list", "{\"kind\":1}"))));
    }

    @Test
    void whileOneCallIsUnderWayTheNextIsRefusedAndAfterwardsNot() {
        CompletableFuture<Sent> working = new CompletableFuture<>();
        house.tools = dispatch -> working;
        CompletableFuture<CallOutcome> first =
                house.gateway.call(house.call(ann, "pets.list", "{}")).toCompletableFuture();
        assertThat(no("pets.list", "{}")).isEqualTo(Refusal.Code.TOO_MANY_AT_ONCE);
        working.complete(new Sent.Failed(ToolFault.of(Kind.TIMED_OUT, "slow")));
        first.join();
        assertFree();
    }

    @Test
    void whateverBreaksIsOursRecordedAndGivesTheShareBack() {
        granted();
        List<Function<dev.toolkeep.protocol.Dispatch, CompletionStage<Sent>>> bugs = List.of(
                dispatch -> {
                    throw new IllegalStateException("a bug that throws " + PLAIN);
                },
                dispatch -> CompletableFuture.failedStage(new IllegalStateException("a bug that fails")),
                dispatch -> CompletableFuture.completedStage(null));
        int recorded = 0;
        for (var bug : bugs) {
            house.tools = bug;
            ToolFault fault = fault(house.outcome(house.call(ann, "pets.list", "{}")));
            assertThat(fault.kind()).isEqualTo(Kind.OURS);
            assertThat(fault.toString()).doesNotContain("bug", PLAIN);
            assertThat(house.recorded("\"code\":\"internal_error\"")).isEqualTo(++recorded);
            assertThat(house.sent.getLast().secrets().value("PET_KEY")).isNull();
            assertFree();
        }
        assertThat(house.recorded("call.opened")).isEqualTo(house.recorded("call.closed"));
    }

    @Test
    void aCallGivenUpBeforeItWasRecordedIsNeverSent() {
        Withdrawal withdrawal = new Withdrawal();
        withdrawal.say();
        ToolFault fault = fault(house.outcome(house.call(ann, "pets.list", "{}", List.of(), withdrawal)));
        assertThat(fault.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(house.sent).isEmpty();
        assertThat(house.recorded("\"outcome\":\"cancelled\"")).isEqualTo(1);
        assertFree();
    }

    @Test
    void whatWasOverheardStaysWithTheOperator() {
        granted();
        house.tools = dispatch -> CompletableFuture.completedStage(
                new Sent.Failed(new ToolFault(Kind.UNREACHABLE, "it died", "", "Traceback: " + PLAIN)));
        ToolFault fault = fault(house.outcome(house.call(ann, "pets.list", "{}")));
        assertThat(fault).isEqualTo(ToolFault.of(Kind.UNREACHABLE, "it died"));
        assertThat(house.recorded("Traceback")).isZero();
    }

    @Test
    void answersAndProgressAreScreened() {
        granted();
        house.tools = dispatch -> {
            dispatch.progress().say(object("{\"message\":\"" + PLAIN + "\"}"));
            return answered("{\"ok\":\"" + PLAIN + "\"}");
        };
        CallOutcome outcome = house.outcome(house.call(ann, "pets.list", "{}"));
        assertThat(outcome.toString() + house.progress).doesNotContain(PLAIN).contains("[redacted]");
        house.tools = dispatch -> answered("{\"no\":true}");
        assertThat(fault(house.outcome(house.call(ann, "pets.list", "{}"))).kind())
                .isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void aLargeAnswerIsScreenedAsideAndHandedOverAtHome() {
        granted();
        AtomicInteger handed = new AtomicInteger();
        house.home = task -> {
            handed.incrementAndGet();
            task.run();
        };
        List<Integer> times = new ArrayList<>();
        for (int size : new int[] {10, 100_000}) {
            handed.set(0);
            house.tools = dispatch -> answered("{\"ok\":\"" + PLAIN + "x".repeat(size) + "\"}");
            CallOutcome outcome = house.outcome(house.call(ann, "pets.list", "{}"));
            assertThat(outcome.toString()).doesNotContain(PLAIN).contains("[redacted]");
            times.add(handed.get());
        }
        assertThat(times.getLast()).as("came home once more").isEqualTo(times.getFirst() + 1);
        assertFree();
    }

    @Test
    void aSecretThatDoesNotOpenIsAFaultAndNothingIsSent() {
        granted();
        house.secret("PET_KEY", "tool:pets.list", PLAIN);
        house.breakSecrets();
        assertThat(fault(house.outcome(house.call(ann, "pets.list", "{}"))).kind())
                .isEqualTo(Kind.MISSING_SECRET);
        assertThat(house.sent).isEmpty();
        house.secret("PET_KEY", "tool:pets.list", PLAIN);
        assertFree();
    }

    @Test
    void withoutAJournalNothingIsSentAndNothingIsSaid() {
        house.journal.close();
        assertThat(no("pets.list", "{}")).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(no("pets.none", "{}")).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(house.sent).isEmpty();
    }

    @Test
    void anAnswerWhoseRecordFailsIsNotHandedOver() {
        house.tools = dispatch -> {
            Thread.startVirtualThread(house.journal::close);
            await().until(() -> !house.journal.sound());
            return answered("{\"ok\":\"precious\"}");
        };
        ToolFault fault = fault(house.outcome(house.call(ann, "pets.list", "{}")));
        assertThat(fault.kind()).isEqualTo(Kind.OURS);
        assertThat(fault.message()).contains("outcome is unknown");
    }

    @Test
    void aCallerThatIsRefusedWithoutEndDoesNotFillTheJournal() {
        Authenticated bob = house.caller("bob", "agent");
        for (int i = 0; i < CallLog.MOST_REFUSALS + 50; i++) {
            CallOutcome refused = house.outcome(house.call(ann, "pets.nobody", "{}"));
            assertThat(((CallOutcome.NotAllowed) refused).refusal().code()).isEqualTo(Refusal.Code.TOOL_NOT_FOUND);
        }
        assertThat(house.recorded("call.refused")).isEqualTo(CallLog.MOST_REFUSALS);
        house.outcome(house.call(bob, "pets.nobody", "{}"));
        assertThat(house.recorded("\"caller\":\"bob\"")).isEqualTo(1);
        house.later = Duration.ofMinutes(1);
        house.outcome(house.call(ann, "pets.nobody", "{}"));
        assertThat(house.recorded("\"more\":50")).isEqualTo(1);
    }

    @Test
    void drainingWaitsForTheOpenCallsAndLetsNoNewOneIn() {
        CompletableFuture<Sent> working = new CompletableFuture<>();
        house.tools = dispatch -> working;
        CompletableFuture<CallOutcome> open =
                house.gateway.call(house.call(ann, "pets.list", "{}")).toCompletableFuture();
        CompletableFuture<Void> drained = house.gateway.drain().toCompletableFuture();
        assertThat(no("pets.list", "{}")).isEqualTo(Refusal.Code.SHUTTING_DOWN);
        assertThat(drained).isNotDone();
        working.complete(new Sent.Failed(ToolFault.of(Kind.TIMED_OUT, "slow")));
        open.join();
        assertThat(drained).succeedsWithin(Duration.ofSeconds(20));
    }

    /// The one place among the caller's calls is free again.
    private void assertFree() {
        house.tools = dispatch -> answered("{\"ok\":true}");
        assertThat(house.outcome(house.call(ann, "pets.list", "{}"))).isInstanceOf(CallOutcome.Answered.class);
    }

    private Refusal.Code no(String tool, String arguments) {
        return refusal(house.outcome(house.call(ann, tool, arguments))).code();
    }

    private static Standing.Approval approval(ToolDefinition tool) {
        return new Standing.Approval(dev.toolkeep.wire.Definitions.digest(tool), "op", NOON, null);
    }

    private static Refusal refusal(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.NotAllowed.class);
        return ((CallOutcome.NotAllowed) outcome).refusal();
    }

    private static ToolFault fault(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.Failed.class);
        return ((CallOutcome.Failed) outcome).fault();
    }
}
