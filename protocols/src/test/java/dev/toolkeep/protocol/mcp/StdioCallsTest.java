package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static dev.toolkeep.protocol.mcp.McpHouse.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StdioCallsTest extends StdioFixture {
    @Test
    void aCallCarriesItsArgumentsAndTraceAndBringsTheContentBack() {
        assertThat(house.text(GOOD, "echo"))
                .contains("\"arguments\":{\"message\":\"hello\"}")
                .contains("\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"");
    }

    @Test
    void callsAtTheSameTimeShareOneChildAndGetTheirOwnAnswers() {
        List<CompletableFuture<Sent>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(house.start(GOOD, i % 2 == 0 ? "echo" : "pid", LONG));
        }
        List<String> texts =
                calls.stream().map(CompletableFuture::join).map(McpHouse::text).toList();
        assertThat(texts.stream().filter(text -> text.matches("\\d+")).distinct())
                .hasSize(1);
        assertThat(texts.stream().filter(text -> text.contains("hello")).distinct())
                .hasSize(20);
    }

    @Test
    void structuredContentAndTheToolsOwnFailureArePassedOn() {
        Sent sent = house.send(GOOD, "says-failed");
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        Answer.Blocks blocks = (Answer.Blocks) ((Sent.Answered) sent).answer();
        assertThat(blocks.failed()).isTrue();
        assertThat(String.valueOf(blocks.structured())).isEqualTo("{\"n\":1.50}");
    }

    @Test
    void anErrorOfTheServerIsAFaultWithItsWords() {
        assertThat(fault(house.send(GOOD, "error")).kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        assertThat(fault(house.send(GOOD, "error")).detail()).isEqualTo("the database is on fire");
    }

    @Test
    void aResultThatAsksForInputIsNoSuccess() {
        assertThat(fault(house.send(GOOD, "input")).message()).contains("asks for input");
        assertThat(fault(house.send(GOOD, "task")).kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        assertThat(fault(house.send(GOOD, "no-content")).kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void progressComesInOrderAtHomeAndNeverAfterTheAnswer() {
        List<String> seen = new CopyOnWriteArrayList<>();
        house.progress = event -> seen.add(Thread.currentThread().getName() + event);
        CompletableFuture<String> thread = house.start(GOOD, "progress", LONG)
                .thenApply(sent -> Thread.currentThread().getName());
        assertThat(thread.join()).isIn("home", Thread.currentThread().getName());
        house.text(GOOD, "echo");
        assertThat(seen).containsExactly("home{\"progress\":1}", "home{\"progress\":2}", "home{\"progress\":3}");
    }

    @Test
    void progressThatHomeDoesNotKeepUpWithIsDropped() {
        List<String> seen = new CopyOnWriteArrayList<>();
        house.text(GOOD, "echo");
        CompletableFuture<Void> gate = new CompletableFuture<>();
        house.home.execute(gate::join);
        house.progress = event -> seen.add(event.toString());
        CompletableFuture<Sent> call = house.start(GOOD, "progress-flood", LONG);
        house.servers
                .list("src", GOOD, house.secrets, house.reach, LONG)
                .toCompletableFuture()
                .join();
        gate.complete(null);
        call.join();
        assertThat(seen.size()).isBetween(1, 32);
    }

    @Test
    void aCallWithoutAnAnswerEndsInTimeAndTheServerIsTold() {
        assertThat(text(house.send(GOOD, "echo"))).isNotEmpty();
        assertThat(fault(house.send(GOOD, "hang", Duration.ofMillis(200))).kind())
                .isEqualTo(Kind.TIMED_OUT);
        await().untilAsserted(() -> assertThat(house.text(GOOD, "cancelled"))
                .contains("notifications/cancelled")
                .contains("requestId"));
    }

    @Test
    void theServersOwnQuestionsAreAnsweredOnlyWhenTheyArePings() {
        assertThat(house.text(GOOD, "asks"))
                .contains("\"id\":\"p\",\"result\":{}")
                .contains("\"id\":7,\"error\":{\"code\":-32601");
    }
}
