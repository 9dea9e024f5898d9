package dev.toolkeep.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Findings as they are made, at most [#MOST] of each rule, so that a hostile document neither fills the memory nor
/// hides one rule's findings behind another's.
final class Report {
    static final int MOST = 500;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<Rule, Integer> made = new EnumMap<>(Rule.class);
    private final Set<Broken> places = new HashSet<>();
    private String tool = "";

    private record Broken(Rule rule, String place) {}

    /// What is added from now on is about this tool (empty: the manual itself).
    void about(String name) {
        tool = name;
    }

    /// Adds a finding, unless the same rule was broken in the same place already.
    void add(Rule rule, String place, String message) {
        if (made.getOrDefault(rule, 0) < MOST && places.add(new Broken(rule, place))) {
            made.merge(rule, 1, Integer::sum);
            findings.add(new Finding(rule, tool, place, message));
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
