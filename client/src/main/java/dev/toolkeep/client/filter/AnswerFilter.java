package dev.toolkeep.client.filter;

import tools.jackson.databind.JsonNode;

/// Changes what a tool answered before the program sees it: UTCP's `post_processing`. Every chunk of a stream passes
/// through it alone. Must not modify `value`; may return it. Must be thread-safe. See [AnswerFilters].
@FunctionalInterface
public interface AnswerFilter {
    /// @param tool `manual.tool`
    JsonNode process(String tool, JsonNode value);
}
