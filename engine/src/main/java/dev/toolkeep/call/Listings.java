package dev.toolkeep.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing.Approval;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.trust.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What each caller may see, kept until the snapshot changes or an approval in the list ends. It asks a tool the very
/// questions that calling it asks: does the policy let this caller see it, is it trusted.
final class Listings {
    private final Snapshots snapshots;
    private final Trust trust;
    private final InstantSource clock;
    private final Cache<String, Kept> kept =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /// A listing made from one snapshot for exactly this caller, good until `until`.
    private record Kept(long revision, Caller caller, Instant until, Listing listing) {}

    Listings(Snapshots snapshots, Trust trust, InstantSource clock) {
        this.snapshots = snapshots;
        this.trust = trust;
        this.clock = clock;
    }

    Listing of(Caller caller) {
        Snapshot snapshot = snapshots.now();
        Instant now = clock.instant();
        Kept known = kept.getIfPresent(caller.id());
        if (known == null
                || known.revision() != snapshot.revision()
                || !known.caller().equals(caller)
                || !now.isBefore(known.until())) {
            known = make(snapshot, caller, now);
            kept.put(caller.id(), known);
        }
        return known.listing();
    }

    private Kept make(Snapshot snapshot, Caller caller, Instant now) {
        List<Listing.Listed> tools = new ArrayList<>();
        List<Listing.Listed> offers = new ArrayList<>();
        StringBuilder identity = new StringBuilder();
        Instant until = Instant.MAX;
        for (Tool tool : snapshot.registry().tools()) {
            if (!snapshot.policy().discovers(caller, tool.version().definition()) || !trusted(tool, now)) {
                continue;
            }
            (tool.definition().isTool() ? tools : offers).add(new Listing.Listed(tool.definition(), tool.digest()));
            identity.append(tool.version().digest().text());
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
