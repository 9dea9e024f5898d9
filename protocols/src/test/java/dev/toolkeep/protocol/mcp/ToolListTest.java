package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.stdio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.ToolFault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolListTest extends StdioFixture {
    @Test
    void aListIsReadPageByPage() {
        McpListed.Listed listed = house.listed(stdio("paged"));
        assertThat(listed.tools())
                .extracting(tool -> tool.name().text())
                .containsExactly("src.first", "src.second", "src.third");
        assertThat(listed.tools()).extracting(tool -> tool.label()).containsOnly("1.2.3");
    }

    @Test
    void aListWithoutEndOrWithTooManyToolsIsAFault() {
        limit(limits(1 << 20, 100, 500, 100, 10));
        for (String manner : List.of("endless", "many")) {
            assertThat(house.list(stdio(manner)))
                    .isInstanceOfSatisfying(
                            McpListed.Failed.class,
                            failed -> assertThat(failed.fault().kind()).isEqualTo(Kind.TOO_LARGE));
        }
    }

    @Test
    void aChangedListIsRememberedUntilItIsRead() {
        house.listed(GOOD);
        assertThat(house.servers.listChanged("src", GOOD)).isFalse();
        house.text(GOOD, "changes");
        assertThat(house.servers.listChanged("src", GOOD)).isTrue();
        house.listed(GOOD);
        assertThat(house.servers.listChanged("src", GOOD)).isFalse();
    }
}
