package dev.toolkeep.client;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.OwnSources;
import dev.toolkeep.call.Offer;
import dev.toolkeep.client.direct.DirectCalls;
import dev.toolkeep.client.direct.DirectManual;
import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.client.search.ToolDescription;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.DriftReport;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.variable.UnsetVariable;
import dev.toolkeep.variable.VariableName;
import dev.toolkeep.vault.RequiredVariables;
import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Brings manuals in: reads what each offers, leaves out what it may not have, and trusts the rest the first time it is
/// seen. Blocks; thread-safe.
final class Registrar {
    private final Engine engine;
    private final OwnSources sources;
    private final ClientConfig config;
    private final ManualReader reader;
    private final DirectCalls methods;
    private final Map<String, ManualName> registered = new ConcurrentHashMap<>();
    private final ReentrantLock remembering = new ReentrantLock();

    Registrar(Engine engine, OwnSources sources, ClientConfig config, ManualReader reader, DirectCalls methods) {
        this.engine = engine;
        this.sources = sources;
        this.config = config;
        this.reader = reader;
        this.methods = methods;
    }

    /// @throws RegistrationFailed nothing of it was registered
    Registration register(ManualTemplate template) {
        ManualName name = name(template.name());
        return alone(name, () -> take(name, template));
    }

    /// The methods of this program, which are called from the moment they are registered.
    ///
    /// @throws RegistrationFailed nothing of it was registered
    Registration register(DirectManual manual) {
        ManualName name = manual.name();
        return alone(name, () -> {
            Source source = new Source(
                    name.source(),
                    new Origin.Builtin(),
                    Reach.PUBLIC,
                    engine.clock().instant());
            methods.add(manual);
            return store(name, source, manual.definitions(), new ArrayList<>());
        });
    }

    private Registration alone(ManualName name, Supplier<Registration> taking) {
        if (registered.putIfAbsent(name.source(), name) != null) {
            throw new RegistrationFailed(
                    name.utcp(), "manual_exists", "there is one of this name; deregister it first or choose another");
        }
        boolean done = false;
        try {
            Registration registration = taking.get();
            done = true;
            return registration;
        } finally {
            if (!done) {
                registered.remove(name.source());
                forgetSecrets(name.source());
                methods.remove(name.source());
            }
        }
    }

    boolean deregister(String manual) {
        ManualName name = name(manual);
        if (registered.remove(name.source()) == null) {
            return false;
        }
        forgetSecrets(name.source());
        methods.remove(name.source());
        try {
            return sources.remove(Operator.program(), name.source());
        } catch (Refused refused) {
            throw new CallRefused(refused.why());
        }
    }

    /// @throws RegistrationFailed when no name can be made of it
    static ManualName name(String given) {
        try {
            return ManualName.of(given);
        } catch (IllegalArgumentException e) {
            throw new RegistrationFailed(Fields.printable(given), "bad_manual", String.valueOf(e.getMessage()));
        }
    }

    /// The name this source was registered under, as UTCP has it.
    String utcp(String source) {
        ManualName name = registered.get(source);
        return name == null ? source : name.utcp();
    }

    /// Remembers that exactly this version is accepted.
    void pin(ToolName tool, Digest digest) {
        remember(tool.source(), pins -> pins.put(tool.name(), digest.text()));
    }

    private Registration take(ManualName name, ManualTemplate template) {
        ManualTemplate granted = Grants.of(config).checked(name, template);
        ManualReader.Read read = reader.prepare(name, granted);
        Source source = new Source(
                name.source(),
                read.origin(),
                new Reach(read.reach()),
                engine.clock().instant());
        if (seal(name, read.variables())) {
            engine.snapshots().rebuild(); // so that reading the manual finds them
        }
        List<LeftOut> leftOut = new ArrayList<>();
        List<ToolDefinition> tools = switch (reader.offered(source, read)) {
            case Offer.Failed(ToolFault fault) ->
                throw new RegistrationFailed(
                        name.utcp(),
                        fault.kind().code(),
                        fault.message() + (fault.detail().isEmpty() ? "" : ": " + fault.detail()));
            case Offer.Tools offered -> {
                leftOut.addAll(offered.leftOut());
                yield Grants.of(config).kept(name, granted, offered.tools(), leftOut);
            }
        };
        seal(name, RequiredVariables.of(tools));
        return store(name, source, tools, leftOut);
    }

    private Registration store(ManualName name, Source source, List<ToolDefinition> tools, List<LeftOut> leftOut) {
        Map<String, String> pins = remembered(name.source());
        Map<String, String> fresh = new HashMap<>();
        try {
            DriftReport report =
                    sources.take(Operator.program(), source, new Offer.Tools(tools, leftOut), (tool, digest) -> {
                        String pin = pins.get(tool.name());
                        fresh.put(tool.name(), digest.text());
                        return pin == null || pin.equals(digest.text());
                    });
            report.leftOut().forEach(no -> leftOut.add(new LeftOut(no.tool().name(), no.reason())));
        } catch (Refused refused) {
            throw new RegistrationFailed(
                    name.utcp(), refused.why().code().text(), refused.why().message());
        }
        Set<String> resting = new HashSet<>();
        fresh.forEach((tool, digest) -> {
            if (!digest.equals(pins.getOrDefault(tool, digest))) {
                resting.add(name.source() + "." + tool);
            }
        });
        remember(name.source(), all -> fresh.forEach(all::putIfAbsent));
        return new Registration(
                name.source(),
                described(name.source()),
                resting.stream().sorted().toList(),
                leftOut,
                null);
    }

    private List<ToolDescription> described(String source) {
        return engine.gateway().list(reader.caller()).tools().stream()
                .filter(listed -> listed.definition().name().source().equals(source))
                .map(listed -> ToolDescription.of(listed.definition(), listed.digest()))
                .toList();
    }

    /// Puts what the manual's variables hold into the vault, for this manual alone, and says whether there was any. One
    /// that has no value is missed when a tool that needs it is called.
    private boolean seal(ManualName name, Collection<String> variables) {
        boolean any = false;
        for (String variable : variables) {
            try {
                String value = reader.variables().find(new VariableName(name.utcp(), variable));
                if (value != null) {
                    seal(name, variable, value);
                    any = true;
                }
            } catch (UnsetVariable e) {
                throw new RegistrationFailed(name.utcp(), "bad_variable", String.valueOf(e.getMessage()));
            }
        }
        return any;
    }

    private void seal(ManualName name, String variable, String value) {
        String grant = "source:" + name.source();
        try (Secret secret = Secret.of(value)) {
            SealedSecret sealed =
                    engine.vault().seal(variable, grant, secret, engine.clock().instant());
            engine.stores().secrets().save(sealed);
        } catch (Malformed e) {
            throw new RegistrationFailed(
                    name.utcp(), "bad_variable", "the variable " + variable + " cannot be used: " + e.getMessage());
        }
    }

    private void forgetSecrets(String source) {
        String grant = "source:" + source;
        for (SealedSecret secret : engine.stores().secrets().all()) {
            if (secret.grant().equals(grant)) {
                engine.stores().secrets().remove(secret.name(), grant);
            }
        }
    }

    private interface Change {
        void make(Map<String, String> pins);
    }

    private Map<String, String> remembered(String manual) {
        try {
            return config.repository().pins(manual);
        } catch (IOException e) {
            throw new RegistrationFailed(manual, "forgotten", "the tool repository cannot be read");
        }
    }

    private void remember(String manual, Change change) {
        remembering.lock();
        try {
            Map<String, String> pins = new HashMap<>(config.repository().pins(manual));
            change.make(pins);
            config.repository().save(manual, pins);
        } catch (IOException e) {
            throw new RegistrationFailed(manual, "forgotten", "the tool repository cannot be written");
        } finally {
            remembering.unlock();
        }
    }
}
