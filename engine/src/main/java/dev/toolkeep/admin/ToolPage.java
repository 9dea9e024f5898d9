package dev.toolkeep.admin;

import java.util.List;

/// A page of tools by name.
///
/// @param total how many there are on all pages
/// @param next the `after` of the next page; empty on the last
public record ToolPage(List<ToolState> tools, int total, String next) {
    public ToolPage {
        tools = List.copyOf(tools);
    }
}
