package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sixteen operators at once: nobody's change is lost, and what is read only goes forward.
class AtOnceTest {
    private static final int PEOPLE = 16;
    private static final int EACH = 8;

    private OpenConsole console;

    @BeforeEach
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private interface Work {
        void of(int person) throws Exception;
    }

    @Test
    void noChangeIsLostAndTheSnapshotOnlyGoesForward() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> read(done)));
            }
            try {
                together(person -> {
                    for (int i = 0; i < EACH; i++) {
                        String id = "p" + person + "-" + i;
                        console.post("/agents", "{\"id\":\"" + id + "\"}").require(201);
                        console.post("/policy/rules", "{\"effect\":\"deny\",\"id\":\"" + id + "\",\"tools\":[\"x.*\"]}")
                                .require(201);
                    }
                });
            } finally {
                done.set(true);
            }
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        }
        assertThat(console.get("/agents").require(200).path("agents")).hasSize(2 + PEOPLE * EACH);
        var policy = console.get("/policy").require(200);
        assertThat(policy.path("revision").asInt()).isEqualTo(PEOPLE * EACH);
        for (int person = 0; person < PEOPLE; person++) {
            for (int i = 0; i < EACH; i++) {
                assertThat(policy.path("yaml").asString()).contains("\"p" + person + "-" + i + "\"");
            }
        }
        assertThat(console.records("policy.rule_added")).hasSize(PEOPLE * EACH);
        assertThat(console.records("caller.added")).hasSize(2 + PEOPLE * EACH);
        assertThat(console.get("/log/verify").require(200).path("intact").asBoolean())
                .isTrue();
    }

    @Test
    void ofManyWhoSaveOverOneRevisionOneWins() throws Exception {
        AtomicInteger saved = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        together(person -> {
            int status = console.put("/policy", "{\"yaml\":\"rules: [] # " + person + "\",\"expected\":0}")
                    .status();
            (status == 200 ? saved : refused).incrementAndGet();
            assertThat(status).isIn(200, 409);
        });
        assertThat(saved).hasValue(1);
        assertThat(refused).hasValue(PEOPLE - 1);
        assertThat(console.get("/policy/history").require(200).path("revisions"))
                .hasSize(1);
    }

    @Test
    void ofManyWhoAddOneCallerOneWins() throws Exception {
        AtomicInteger added = new AtomicInteger();
        together(person -> {
            if (console.post("/agents", "{\"id\":\"same\"}").status() == 201) {
                added.incrementAndGet();
            }
        });
        assertThat(added).hasValue(1);
    }

    @Test
    void operatorsWhoRevokeEachOtherLeaveOne() throws Exception {
        List<String> keys = new ArrayList<>(List.of(console.operatorKey()));
        List<String> owners = new ArrayList<>(List.of("boss"));
        for (int i = 1; i < PEOPLE; i++) {
            owners.add("op" + i);
            keys.add(console.caller("op" + i, dev.toolkeep.caller.Caller.Kind.OPERATOR));
        }
        together(person -> {
            for (int i = 0; i < PEOPLE; i++) {
                console.ask(
                        "DELETE",
                        "/api/v1/agents/" + owners.get(i) + "/keys/"
                                + keys.get(i).substring(3, 15),
                        BodyPublishers.noBody(),
                        "Authorization",
                        "Bearer " + keys.get(person));
            }
        });
        long left = keys.stream()
                .filter(key ->
                        console.ask("GET", "/api/v1/facts", BodyPublishers.noBody(), "Authorization", "Bearer " + key)
                                        .status()
                                == 200)
                .count();
        assertThat(left).isEqualTo(1);
    }

    /// How often it could read before the work was done.
    private int read(AtomicBoolean done) {
        long revision = 0;
        long policy = 0;
        int times = 0;
        while (!done.get() || times == 0) {
            var facts = console.get("/facts").require(200);
            assertThat(facts.path("revision").asLong()).isGreaterThanOrEqualTo(revision);
            assertThat(facts.path("policyRevision").asLong()).isGreaterThanOrEqualTo(policy);
            revision = facts.path("revision").asLong();
            policy = facts.path("policyRevision").asLong();
            console.get("/tools").require(200);
            times++;
        }
        return times;
    }

    private static void together(Work work) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PEOPLE; i++) {
                int person = i;
                all.add(people.submit(() -> {
                    go.await();
                    work.of(person);
                    return person;
                }));
            }
            go.countDown();
        }
        for (Future<?> one : all) {
            one.get();
        }
    }
}
