package dev.toolkeep.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing.Approval;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.toolset.Chosen;
import dev.toolkeep.trust.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each caller may see, kept until the snapshot changes or an approval in the list ends. It asks a tool the very
/// questions that calling it asks: does the policy let this caller see it, is it trusted.
final class Listings {
    private final Snapshots snapshots;
    private final Trust trust;
    private final InstantSource clock;
    private final Cache<Key, Kept> kept =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /// Whose listing, of which toolset; of all tools when that is empty.
    private record Key(String caller, String toolset) {}

    /// A listing made from one snapshot for exactly this caller, good until `until`.
    private record Kept(long revision, Caller caller, Instant until, Listing listing) {}

    Listings(Snapshots snapshots, Trust trust, InstantSource clock) {
        this.snapshots = snapshots;
        this.trust = trust;
        this.clock = clock;
    }

    Listing of(Caller caller) {
        return kept(snapshots.now(), caller, null);
    }

    /// @throws Refused TOOLSET_NOT_FOUND, the same for a toolset that is not there and one with nothing for this caller
    Listing of(Caller caller, String toolset) throws Refused {
        Snapshot snapshot = snapshots.now();
        Chosen chosen = snapshot.toolsets().find(toolset);
        Listing listing = chosen == null ? null : kept(snapshot, caller, chosen);
        if (listing == null || (listing.tools().isEmpty() && listing.offers().isEmpty())) {
            throw new Refused(
                    Refusal.Code.TOOLSET_NOT_FOUND,
                    "toolset",
                    "there is no such toolset for this caller",
                    "use the whole list, or ask an operator for a toolset and a policy rule for its tools");
        }
        return listing;
    }

    private Listing kept(Snapshot snapshot, Caller caller, @Nullable Chosen chosen) {
        Key key = new Key(caller.id(), chosen == null ? "" : chosen.toolset().name());
        Instant now = clock.instant();
        Kept known = kept.getIfPresent(key);
        if (known == null
                || known.revision() != snapshot.revision()
                || !known.caller().equals(caller)
                || !now.isBefore(known.until())) {
            known = make(snapshot, caller, chosen, now);
            kept.put(key, known);
        }
        return known.listing();
    }

    private Kept make(Snapshot snapshot, Caller caller, @Nullable Chosen chosen, Instant now) {
        List<Listing.Listed> tools = new ArrayList<>();
        List<Listing.Listed> offers = new ArrayList<>();
        StringBuilder identity = new StringBuilder();
        if (chosen != null) {
            identity.append(chosen.toolset().name()).append(chosen.unprefixed() ? " short " : " full ");
        }
        Instant until = Instant.MAX;
        for (Tool tool : snapshot.registry().tools()) {
            if ((chosen != null && !chosen.has(tool.definition()))
                    || !snapshot.policy().discovers(caller, tool.definition())
                    || !trusted(tool, now)) {
                continue;
            }
            String name = chosen == null ? tool.name().text() : chosen.shown(tool.name());
            (tool.definition().isTool() ? tools : offers)
                    .add(new Listing.Listed(name, tool.definition(), tool.digest()));
            identity.append(tool.digest().text());
            Approval approval = tool.standing().approval();
            Instant expires = approval == null ? null : approval.expires();
            until = expires != null && expires.isBefore(until) ? expires : until;
        }
        String tag = Digest.of(identity.toString().getBytes(StandardCharsets.US_ASCII))
                .brief();
        return new Kept(snapshot.revision(), caller, until, new Listing(tag, tools, offers));
    }

    private boolean trusted(Tool tool, Instant now) {
        try {
            trust.verify(tool, List.of(), now);
            return true;
        } catch (Refused no) {
            return false;
        }
    }
}
