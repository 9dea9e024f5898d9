package dev.toolkeep.client.search;

import java.util.List;

/// How tools are found by words: UTCP's `tool_search_strategy`. Must be thread-safe.
@FunctionalInterface
public interface SearchStrategy {
    /// @param tools every tool there is, by name
    /// @param limit the most to give, at least 1
    /// @return the best first
    List<ToolDescription> search(List<ToolDescription> tools, String query, int limit);
}
