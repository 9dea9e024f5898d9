package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static dev.toolkeep.protocol.mcp.McpHouse.stdio;
import static dev.toolkeep.protocol.mcp.McpHouse.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostileStdioServerTest extends StdioFixture {
    @Test
    void anAnswerToAnotherIdIsIgnored() {
        assertThat(fault(house.send(GOOD, "other-id", Duration.ofMillis(300))).kind())
                .isEqualTo(Kind.TIMED_OUT);
        assertThat(fault(house.send(GOOD, "string-id", Duration.ofMillis(300))).kind())
                .isEqualTo(Kind.TIMED_OUT);
        assertThat(house.text(GOOD, "twice")).isEqualTo("one");
        assertThat(house.text(GOOD, "echo")).contains("hello");
    }

    @Test
    void deathInMidCallEndsTheCallsInFlightAndTheNextCallFindsANewChild() {
        String first = house.text(GOOD, "pid");
        CompletableFuture<Sent> waiting = house.start(GOOD, "hang", LONG);
        assertThat(fault(house.send(GOOD, "die")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(fault(waiting.join()).kind()).isEqualTo(Kind.UNREACHABLE);
        await().untilAsserted(() ->
                assertThat(house.text(GOOD, "pid")).matches("\\d+").isNotEqualTo(first));
    }

    @Test
    void aServerThatStoppedAnsweringIsReplaced() {
        probing(Duration.ofMillis(1500));
        String first = house.text(GOOD, "pid");
        assertThat(fault(house.send(GOOD, "block", Duration.ofMillis(100))).kind())
                .isEqualTo(Kind.TIMED_OUT);
        await().atMost(LONG).untilAsserted(() -> {
            Sent sent = house.send(GOOD, "pid", Duration.ofSeconds(5));
            assertThat(sent).isInstanceOf(Sent.Answered.class);
            assertThat(text(sent)).isNotEqualTo(first);
        });
    }

    @Test
    void garbageBetweenMessagesIsSkipped() {
        assertThat(house.text(stdio("banner"), "echo")).contains("hello");
    }

    @Test
    void nothingButGarbageIsAFault() {
        assertThat(fault(house.send(stdio("noise"), "echo")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aFloodOfAnswersNobodyAskedForIsAFault() {
        limit(limits(1 << 20, 100, 500, 100, 10));
        assertThat(fault(house.send(stdio("flood"), "echo")).kind()).isNotEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aLineWithoutEndIsSkippedInBoundedMemory() {
        limit(limits(100_000, 100, 500, 100, 10));
        assertThat(fault(house.send(stdio("huge"), "echo", Duration.ofSeconds(2)))
                        .kind())
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void anAnswerThatIsTooLargeEndsItsCallAtOnce() {
        CallTemplate big = new CallTemplate.Mcp(GOOD, "big");
        assertThat(fault(house.start(big, LONG, 1000).join()).kind()).isEqualTo(Kind.TOO_LARGE);
        limit(limits(1 << 20, 100, 500, 100, 10));
        assertThat(fault(house.send(GOOD, "enormous")).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(house.text(GOOD, "echo")).contains("hello");
    }

    @Test
    void anAnswerWithDuplicateKeysEndsItsCallAtOnce() {
        assertThat(fault(house.send(GOOD, "duplicate-keys")).kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void aServerThatDoesNotReadCostsBoundedMemory() {
        limit(limits(1 << 20, 100, 500, 100, 10));
        house.text(GOOD, "echo");
        CompletableFuture<Sent> blocked = house.start(GOOD, "block", LONG);
        CallTemplate echo = new CallTemplate.Mcp(GOOD, "echo" + "x".repeat(200_000));
        List<CompletableFuture<Sent>> calls =
                Stream.generate(() -> house.start(echo, LONG, 1000)).limit(20).toList();
        await().atMost(LONG).until(() -> calls.stream().anyMatch(CompletableFuture::isDone));
        assertThat(calls.stream()
                        .filter(CompletableFuture::isDone)
                        .map(call -> fault(call.join()).message()))
                .allMatch(message -> message.contains("does not read"));
        assertThat(blocked).isNotDone();
    }

    @Test
    void moreCallsThanTheBoundAreRefused() {
        house.text(GOOD, "echo");
        List<CompletableFuture<Sent>> calls = Stream.generate(() -> house.start(GOOD, "hang", LONG))
                .limit(McpOptions.Limits.STANDARD.pending() + 1)
                .toList();
        assertThat(fault(calls.getLast().join()).message()).contains("too many calls");
        assertThat(calls.getFirst()).isNotDone();
    }

    @Test
    void whatADyingServerWritesToStandardErrorIsForTheOperatorAlone() {
        ToolFault fault = fault(house.send(stdio("exits"), "echo"));
        assertThat(fault.overheard()).contains("cannot find my configuration");
        assertThat(fault.message() + fault.detail()).doesNotContain("configuration");
        assertThat(fault.forCaller().toString()).doesNotContain("configuration");
    }
}
