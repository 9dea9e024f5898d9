package dev.toolkeep.command;

import dev.toolkeep.terminal.Person;

/// People before a terminal.
final class Somebody {
    private Somebody() {}

    /// One whose terminal shows no colours.
    static Person plain() {
        return new Person(true, false, _ -> null);
    }

    /// One whose terminal shows colours.
    static Person coloured() {
        return new Person(true, true, _ -> null);
    }

    /// One who types this where it is not shown.
    static Person hiding(String secret) {
        return new Person(true, false, _ -> secret.toCharArray());
    }
}
