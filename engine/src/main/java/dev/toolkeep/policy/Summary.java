package dev.toolkeep.policy;

import java.util.List;

/// A policy's rules and limits, in the order written.
public record Summary(List<Rule> rules, List<Limit> limits) {
    public Summary {
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
    }
}
