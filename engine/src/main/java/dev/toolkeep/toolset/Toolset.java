package dev.toolkeep.toolset;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A curated, named list of tools with its own endpoint. It selects, it never grants: a caller finds in it only what
/// the
/// policy lets that caller see anyway.
///
/// @param name 1 to 64 characters of `a-z 0-9 _ -`, the first a letter or digit: the last part of `/mcp/{toolset}`
/// @param title for people, at most 200 characters; may be empty
/// @param by who saved it
public record Toolset(String name, String title, Selection selection, String by, Instant at) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final int TITLE = 200;

    /// The name under which `/.well-known/utcp` lists the whole gateway; no toolset takes it.
    public static final String WHOLE = "toolkeep";

    public Toolset {
        if (!validName(name)) {
            throw new IllegalArgumentException(
                    "a toolset's name is 1-64 of a-z 0-9 _ - and starts with a letter or digit, and not " + WHOLE);
        }
        if (title.length() > TITLE || title.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a toolset's title is one line of at most " + TITLE + " characters");
        }
    }

    public static boolean validName(String name) {
        return NAME.matcher(name).matches() && !name.equals(WHOLE);
    }

    /// Which tools. Every list that is not empty must hold something of the tool: its source, a pattern of its full
    /// name, one of its tags.
    ///
    /// @param tags compared without regard to case
    public record Selection(List<String> sources, List<ToolPattern> tools, List<String> tags) {
        /// The most entries in one list.
        public static final int MOST = 200;

        private static final int LONGEST_TAG = 100;

        public Selection {
            sources = List.copyOf(sources);
            tools = List.copyOf(tools);
            tags = List.copyOf(tags);
            if (sources.isEmpty() && tools.isEmpty() && tags.isEmpty()) {
                throw new IllegalArgumentException("a toolset names at least one source, tool or tag");
            }
            if (sources.size() > MOST || tools.size() > MOST || tags.size() > MOST) {
                throw new IllegalArgumentException("a toolset names at most " + MOST + " sources, tools and tags each");
            }
            if (!sources.stream().allMatch(ToolName::validSource)) {
                throw new IllegalArgumentException("a source's name is 1-32 of a-z 0-9 _ -");
            }
            if (tags.stream().anyMatch(tag -> tag.isBlank() || tag.length() > LONGEST_TAG)) {
                throw new IllegalArgumentException("a tag is 1 to " + LONGEST_TAG + " characters");
            }
        }

        /// The one source that everything it can ever select comes from; null when there may be several. It is read
        /// from the selection alone, so that names never change because another tool came or went.
        public @Nullable String onlySource() {
            if (sources.size() == 1) {
                return sources.getFirst();
            }
            String only = null;
            for (ToolPattern pattern : tools) {
                String text = pattern.text();
                int dot = text.indexOf('.');
                int star = text.indexOf('*');
                if (dot < 0 || (star >= 0 && star < dot) || (only != null && !text.startsWith(only + "."))) {
                    return null;
                }
                only = text.substring(0, dot);
            }
            return only;
        }
    }
}
