package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshots;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.JournalReader;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything an operator can do, wired once for a program.
public final class AdminRooms {
    private static final String JOURNAL = "journal";

    private final SourceAdmin sources;
    private final ToolAdmin tools;
    private final AgentAdmin agents;
    private final PolicyAdmin policy;
    private final SecretAdmin secrets;
    private final ToolsetAdmin toolsets;
    private final LogAdmin log;
    private final SetupLinks setup;
    private final Doctor doctor;
    private final Snapshots snapshots;
    private final Journal journal;
    private final InstantSource clock;
    private final String version;
    private final Instant started;

    private AdminRooms(Path folder, Engine engine, JournalVerifier verifier, Setting setting) {
        this.snapshots = engine.snapshots();
        this.journal = engine.journal();
        this.clock = engine.clock();
        this.version = setting.version();
        this.started = clock.instant();
        Stores stores = engine.stores();
        Changes changes = new Changes(journal, snapshots, clock);
        this.sources = new SourceAdmin(stores.catalog(), engine.discovery(), changes, setting.deadline());
        this.tools = new ToolAdmin(stores.catalog(), snapshots, changes);
        this.agents = new AgentAdmin(stores.callers(), engine.keys(), changes);
        this.policy = new PolicyAdmin(stores.policies(), stores.callers(), snapshots, changes);
        this.secrets = new SecretAdmin(stores.secrets(), engine.vault(), changes);
        this.toolsets = new ToolsetAdmin(stores.toolsets(), snapshots, changes);
        this.log = new LogAdmin(new JournalReader(folder.resolve(JOURNAL)), verifier);
        this.setup = new SetupLinks(folder.resolve("setup.link"), agents, changes, new SecureRandom());
        this.doctor = new Doctor(
                folder,
                sources,
                tools,
                agents,
                policy,
                stores.secrets(),
                engine.vault(),
                new Doctor.Stewards(journal, snapshots, changes));
    }

    /// How the rooms work.
    ///
    /// @param version the program's
    /// @param deadline the longest one source may take to say what it offers
    public record Setting(String version, Duration deadline) {}

    /// @param folder the engine's own data folder
    /// @throws IOException one sentence: the journal's key cannot be read
    public static AdminRooms over(Path folder, Engine engine, Setting setting) throws IOException {
        JournalVerifier verifier = new JournalVerifier(folder.resolve(JOURNAL), Engine.journalKey(folder));
        return new AdminRooms(folder, engine, verifier, setting);
    }

    public SourceAdmin sources() {
        return sources;
    }

    public ToolAdmin tools() {
        return tools;
    }

    public AgentAdmin agents() {
        return agents;
    }

    public PolicyAdmin policy() {
        return policy;
    }

    public SecretAdmin secrets() {
        return secrets;
    }

    public ToolsetAdmin toolsets() {
        return toolsets;
    }

    public LogAdmin log() {
        return log;
    }

    public SetupLinks setup() {
        return setup;
    }

    public Doctor doctor() {
        return doctor;
    }

    public InstantSource clock() {
        return clock;
    }

    /// Who sent this `Authorization` header, whatever kind of caller it is.
    public Authenticated authenticate(@Nullable String authorization) throws Refused {
        return snapshots.now().keys().authenticate(authorization, clock.instant());
    }

    /// A record of what was refused at the console's own door.
    public DoorNotes doorNotes() {
        return new DoorNotes(journal, clock);
    }

    public Facts facts() {
        Map<Standing.Status, Integer> counts = new EnumMap<>(Standing.Status.class);
        List<SourceState> all = sources.list();
        all.forEach(source -> source.tools().forEach((status, n) -> counts.merge(status, n, Integer::sum)));
        return new Facts(
                version,
                started,
                snapshots.now().revision(),
                all.size(),
                counts,
                agents.list().size(),
                secrets.list().size(),
                policy.show().map(PolicyText::revision).orElse(0L));
    }
}
