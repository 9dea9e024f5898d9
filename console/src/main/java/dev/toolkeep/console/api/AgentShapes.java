package dev.toolkeep.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.admin.AgentAdmin;
import dev.toolkeep.admin.AgentState;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.caller.StoredKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Callers and their keys as JSON.
final class AgentShapes {
    private AgentShapes() {}

    /// @param kind `agent` where it is missing
    record NewAgent(String id, @Nullable String kind, List<String> roles, List<String> scopes) {
        NewAgent {
            Fields.required("id", id);
            roles = Fields.list("roles", roles);
            scopes = Fields.list("scopes", scopes);
        }

        Caller caller() {
            Caller.Kind wanted = kind == null ? Caller.Kind.AGENT : Fields.word("kind", kind, Caller.Kind.class);
            try {
                return Caller.of(id, wanted, new HashSet<>(roles), new HashSet<>(scopes));
            } catch (IllegalArgumentException e) {
                throw Unfit.invalid("id", String.valueOf(e.getMessage()));
            }
        }
    }

    record Rights(List<String> roles, List<String> scopes) {
        Rights {
            roles = Fields.list("roles", Fields.required("roles", roles));
            scopes = Fields.list("scopes", Fields.required("scopes", scopes));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyView(
            String id,
            String created,
            @Nullable String expires,
            @Nullable String revoked,
            String state) {
        static KeyView of(StoredKey key, Instant now) {
            String state = key.revoked() != null ? "revoked" : AgentAdmin.live(key, now) ? "live" : "expired";
            return new KeyView(key.id(), key.created().toString(), text(key.expires()), text(key.revoked()), state);
        }
    }

    record AgentView(String id, String kind, List<String> roles, List<String> scopes, List<KeyView> keys) {
        static AgentView of(AgentState state, Instant now) {
            Caller caller = state.caller();
            return new AgentView(
                    caller.id(),
                    Fields.word(caller.kind()),
                    List.copyOf(caller.roles()),
                    List.copyOf(caller.scopes()),
                    state.keys().stream().map(key -> KeyView.of(key, now)).toList());
        }
    }

    record AgentList(List<AgentView> agents) {}

    record NewKey(@Nullable String expires) {}

    /// The only answer that ever holds a key.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MintedKey(
            String id,
            String caller,
            String key,
            String created,
            @Nullable String expires) {
        static MintedKey of(Minted minted) {
            try (var key = minted.key()) {
                StoredKey stored = minted.stored();
                return new MintedKey(
                        stored.id(),
                        stored.caller(),
                        key.reveal(),
                        stored.created().toString(),
                        text(stored.expires()));
            }
        }

        @Override
        public String toString() {
            return "MintedKey[" + id + "]";
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
