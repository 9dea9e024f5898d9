package dev.toolkeep.admin;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.Keys;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.caller.StoredKey;
import dev.toolkeep.journal.Event;
import dev.toolkeep.refusal.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who may call or administer, and with which keys. What is taken away is refused from the moment the method returns.
/// At least one operator always keeps a key that works.
public final class AgentAdmin {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}");
    private static final int MOST_WORDS = 64;
    private static final int MOST_KEYS = 100;

    private final Callers callers;
    private final Keys keys;
    private final Changes changes;

    public AgentAdmin(Callers callers, Keys keys, Changes changes) {
        this.callers = callers;
        this.keys = keys;
        this.changes = changes;
    }

    /// By id.
    public List<AgentState> list() {
        List<StoredKey> stored = callers.keys();
        return callers.callers().stream()
                .map(caller -> new AgentState(caller, keysOf(caller.id(), stored)))
                .toList();
    }

    public AgentState show(String id) throws Refused {
        return list().stream()
                .filter(state -> state.caller().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Nay.unknown("agent", id));
    }

    public AgentState add(Operator by, Caller caller) throws Refused {
        requireWords(caller);
        return changes.alone(() -> {
            if (exists(caller.id())) {
                throw Nay.conflict(
                        "agent-exists", "there is a caller " + caller.id() + " already", "choose another id");
            }
            changes.commit(event("caller.added", by, caller), () -> callers.save(caller));
            return show(caller.id());
        });
    }

    /// Gives a caller other roles and scopes; its kind and keys stay.
    public AgentState change(Operator by, String id, Set<String> roles, Set<String> scopes) throws Refused {
        return changes.alone(() -> {
            Caller changed = Caller.of(id, show(id).caller().kind(), roles, scopes);
            requireWords(changed);
            changes.commit(event("caller.changed", by, changed), () -> callers.save(changed));
            return show(id);
        });
    }

    /// Removes a caller with all its keys.
    public void remove(Operator by, String id) throws Refused {
        changes.alone(() -> {
            Caller caller = show(id).caller();
            requireOperatorLeft(caller, key -> !key.caller().equals(id));
            changes.commit(event("caller.removed", by, caller), () -> callers.remove(id));
            return caller;
        });
    }

    /// A new key, valid until `expires` (null: until revoked). Its text exists in the answer only; whoever takes it
    /// closes it.
    public Minted mint(Operator by, String id, @Nullable Instant expires) throws Refused {
        return changes.alone(() -> {
            Instant now = changes.now();
            AgentState state = show(id);
            if (expires != null && !expires.isAfter(now)) {
                throw Nay.invalid("key-expiry", "expires: it lies in the past");
            }
            if (state.keys().stream().filter(key -> live(key, now)).count() >= MOST_KEYS) {
                throw Nay.conflict("keys-many", id + " has " + MOST_KEYS + " live keys", "revoke those not in use");
            }
            Minted minted = keys.mint(id, now, expires);
            Event event = event("key.minted", by, state.caller())
                    .with("key", minted.stored().id());
            changes.commit(
                    expires == null ? event : event.with("expires", expires.toString()),
                    () -> callers.save(minted.stored()));
            return minted;
        });
    }

    /// The key is refused from now on, for good. Revoking one that is revoked changes nothing.
    public AgentState revoke(Operator by, String id, String keyId) throws Refused {
        return changes.alone(() -> {
            AgentState state = show(id);
            StoredKey key = state.keys().stream()
                    .filter(one -> one.id().equals(keyId))
                    .findFirst()
                    .orElseThrow(() -> Nay.unknown("key", keyId));
            if (key.revoked() != null) {
                return state;
            }
            requireOperatorLeft(state.caller(), one -> !one.id().equals(keyId));
            StoredKey revoked =
                    new StoredKey(key.id(), key.caller(), key.hmac(), key.created(), key.expires(), changes.now());
            changes.commit(event("key.revoked", by, state.caller()).with("key", keyId), () -> callers.save(revoked));
            return show(id);
        });
    }

    /// Whether a key would be accepted at this moment, as far as its times go.
    public static boolean live(StoredKey key, Instant now) {
        Instant expires = key.expires();
        return key.revoked() == null && (expires == null || now.isBefore(expires));
    }

    private void requireOperatorLeft(Caller touched, Predicate<StoredKey> stays) throws Refused {
        if (touched.kind() != Caller.Kind.OPERATOR) {
            return;
        }
        Instant now = changes.now();
        List<String> operators = callers.callers().stream()
                .filter(caller -> caller.kind() == Caller.Kind.OPERATOR)
                .map(Caller::id)
                .toList();
        boolean left = callers.keys().stream()
                .anyMatch(key -> operators.contains(key.caller()) && live(key, now) && stays.test(key));
        if (!left) {
            throw Nay.conflict(
                    "last-operator",
                    "no operator would be left with a key that works",
                    "mint another operator's key first");
        }
    }

    private boolean exists(String id) {
        return callers.callers().stream().anyMatch(caller -> caller.id().equals(id));
    }

    private static List<StoredKey> keysOf(String caller, List<StoredKey> stored) {
        return stored.stream().filter(key -> key.caller().equals(caller)).toList();
    }

    private static void requireWords(Caller caller) throws Refused {
        List<String> words = new ArrayList<>(caller.roles());
        words.addAll(caller.scopes());
        if (caller.roles().size() > MOST_WORDS || caller.scopes().size() > MOST_WORDS) {
            throw Nay.invalid("caller-words", "a caller has at most " + MOST_WORDS + " roles and as many scopes");
        }
        if (!words.stream().allMatch(word -> WORD.matcher(word).matches())) {
            throw Nay.invalid("caller-words", "a role or scope is 1 to 64 of A-Z a-z 0-9 _ . : / -");
        }
    }

    private static Event event(String type, Operator by, Caller caller) {
        return Event.of(type)
                .with("by", by.id())
                .with("caller", caller.id())
                .with("kind", caller.kind().name().toLowerCase(Locale.ROOT))
                .with("roles", String.join(" ", caller.roles()))
                .with("scopes", String.join(" ", caller.scopes()));
    }
}
