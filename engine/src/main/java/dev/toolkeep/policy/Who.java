package dev.toolkeep.policy;

import dev.toolkeep.caller.Caller;
import java.util.Collections;
import java.util.List;

/// Which callers a rule or limit is about. Every list that is not empty must hold one of the caller's; all three empty
/// means everybody.
public record Who(List<String> ids, List<String> roles, List<String> scopes) {
    public static final Who EVERYBODY = new Who(List.of(), List.of(), List.of());

    public Who {
        ids = List.copyOf(ids);
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
    }

    public boolean matches(Caller caller) {
        return mismatch(caller).isEmpty();
    }

    /// Why the caller is not meant; empty when it is.
    String mismatch(Caller caller) {
        if (!ids.isEmpty() && !ids.contains(caller.id())) {
            return "its callers.ids do not name " + caller.id();
        }
        if (!roles.isEmpty() && Collections.disjoint(roles, caller.roles())) {
            return caller.id() + " has none of its callers.roles";
        }
        if (!scopes.isEmpty() && Collections.disjoint(scopes, caller.scopes())) {
            return caller.id() + " holds none of its callers.scopes";
        }
        return "";
    }
}
