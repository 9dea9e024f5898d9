package dev.toolkeep.variable;

import dev.toolkeep.secret.Placeholders;

/// A variable of one manual. In flat places (the environment, dotenv files, settings) it goes by its full name: the
/// manual's name with everything but `A-Z a-z 0-9 _` made `_` and every `_` doubled, then `_`, then the name in
/// `${NAME}`. So `${API_KEY}` of the manual `my_man` is `my__man_API_KEY`, as in UTCP's own libraries.
///
/// There a manual `my` could ask for `${_man_API_KEY}` and be given what belongs to `my_man`. Here a name that starts
/// with `_` has no full name: it is found in the vault, or nowhere.
///
/// @param manual the manual's name, or the source's
/// @param name what stands between `${` and `}`
public record VariableName(String manual, String name) {
    public VariableName {
        if (!Placeholders.validName(name)) {
            throw new IllegalArgumentException("not the name of a variable");
        }
    }

    /// The name in flat places; empty when it has none there.
    public String full() {
        return name.startsWith("_") || manual.isEmpty() ? "" : namespace(manual) + "_" + name;
    }

    /// What the full names of a manual's variables start with. Two manuals of one namespace share their variables.
    public static String namespace(String manual) {
        StringBuilder namespace = new StringBuilder(manual.length() + 8);
        for (int i = 0; i < manual.length(); i++) {
            char c = manual.charAt(i);
            boolean plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            namespace.append(plain ? String.valueOf(c) : "__");
        }
        return namespace.toString();
    }

    @Override
    public String toString() {
        String full = full();
        return full.isEmpty() ? "${" + name + "} of " + manual : full;
    }
}
