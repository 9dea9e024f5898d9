package dev.toolkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Catalog] does with ten thousand tools and with many writers at once.
public abstract class BusyCatalogContract {
    private static final int WRITERS = 8;

    private Catalog catalog;

    /// An empty catalog of its own for every test.
    protected abstract Catalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
        catalog.save(Samples.source("pets"));
    }

    @Test
    void tenThousandToolsComeBackWhole() {
        List<ToolVersion> versions = versions("many", 10_000);
        List<Standing> standings = versions.stream().map(Samples::standing).toList();
        catalog.saveVersions(versions);
        catalog.saveStandings(standings);

        List<Standing> read = catalog.standings();
        Map<?, ToolVersion> byDigest =
                catalog.versions(versions.stream().map(ToolVersion::digest).toList());

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(standings)
                .isSortedAccordingTo((a, b) -> a.tool().compareTo(b.tool()));
        assertThat(byDigest).hasSize(10_000);
        for (ToolVersion version : versions) {
            assertThat(byDigest.get(version.digest())).isEqualTo(version);
        }
    }

    @Test
    void manyWritersLoseNothing() {
        AtOnce.run(WRITERS, writer -> {
            for (int round = 0; round < 5; round++) {
                List<ToolVersion> versions = versions("w" + writer + "." + round, 20);
                catalog.saveVersions(versions);
                catalog.saveStandings(versions.stream().map(Samples::standing).toList());
            }
        });

        assertThat(catalog.standings()).hasSize(WRITERS * 5 * 20);
    }

    @Test
    void writersOfTheSameToolsInAnyOrderDoNotLockEachOtherOut() {
        List<ToolVersion> versions = versions("same", 50);
        AtOnce.run(WRITERS, writer -> {
            List<ToolVersion> mine = new ArrayList<>(versions);
            for (int round = 0; round < 10; round++) {
                Collections.shuffle(mine, new Random(writer * 100L + round));
                catalog.saveVersions(mine);
                catalog.saveStandings(mine.stream()
                        .map(version -> Samples.standing(version).flagged("by " + writer))
                        .toList());
            }
        });

        assertThat(catalog.standings())
                .hasSize(50)
                .extracting(Standing::flag)
                .containsOnly(catalog.standings().getFirst().flag());
    }

    @Test
    void nobodyReadsHalfABatch() {
        List<Standing> standings = versions("both", 20).stream()
                .peek(version -> catalog.saveVersions(List.of(version)))
                .map(Samples::standing)
                .toList();
        catalog.saveStandings(standings);
        AtomicBoolean writing = new AtomicBoolean(true);
        AtOnce.run(3, who -> {
            if (who == 0) {
                for (int round = 0; round < 100; round++) {
                    String flag = "round " + round;
                    catalog.saveStandings(standings.stream()
                            .map(standing -> standing.flagged(flag))
                            .toList());
                }
                writing.set(false);
            }
            while (who > 0 && writing.get()) {
                List<Standing> read = catalog.standings();
                assertThat(read)
                        .extracting(Standing::flag)
                        .containsOnly(read.getFirst().flag());
            }
        });
    }

    @Test
    void noStandingOutlivesItsSourceWhenBothMoveAtOnce() {
        List<ToolVersion> versions = versions("race", 10);
        catalog.saveVersions(versions);
        List<Standing> standings = versions.stream().map(Samples::standing).toList();
        AtOnce.run(4, who -> {
            for (int round = 0; round < 25; round++) {
                if (who == 0) {
                    catalog.removeSource("pets");
                    catalog.save(Samples.source("pets"));
                } else {
                    try {
                        catalog.saveStandings(standings);
                    } catch (IllegalStateException removedMeanwhile) {
                        assertThat(removedMeanwhile).hasMessageContaining("not kept");
                    }
                }
            }
        });

        catalog.removeSource("pets");

        assertThat(catalog.standings()).isEmpty();
        assertThat(catalog.sources()).isEmpty();
    }

    private static List<ToolVersion> versions(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.version("pets." + prefix + "." + i, "tool " + i))
                .toList();
    }
}
