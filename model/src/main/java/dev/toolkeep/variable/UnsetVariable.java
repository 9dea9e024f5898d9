package dev.toolkeep.variable;

/// A variable that has no value, or none that may be used. The message names the variable and says how to set it;
/// it never holds a value.
public final class UnsetVariable extends Exception {
    private static final long serialVersionUID = 1L;

    private UnsetVariable(String message) {
        super(message, null, false, false);
    }

    static UnsetVariable missing(VariableName name) {
        String full = name.full();
        return new UnsetVariable(
                full.isEmpty()
                        ? "the variable ${" + name.name() + "} has no value: a name that starts with _ is found in the"
                                + " vault only"
                        : "the variable ${" + name.name() + "} has no value: set " + full
                                + " in the settings, in the dotenv file or, under an allowed prefix, in the environment");
    }

    static UnsetVariable unsafe(VariableName name, Safety safety) {
        return new UnsetVariable("the value of the variable ${" + name.name() + "} is not " + safety
                + ": it is too long, or holds a character that this refuses");
    }
}
