package dev.toolkeep.start;

import dev.toolkeep.console.ConsoleOptions;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.web.DoorOptions;
import dev.toolkeep.wire.Malformed;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything that was set: an option of the command line wins over the environment, that over the file, and that over
/// the default.
public final class Settings {
    /// The configuration file that is read when none is named, in the data folder.
    public static final String FILE = "keep.yaml";

    private static final String CONFIG = "TOOLKEEP_CONFIG";
    /// Variables that others read: the launcher, and the commands.
    private static final Set<String> OTHERS =
            Set.of("TOOLKEEP_JAVA_HOME", "TOOLKEEP_JAVA_OPTS", "TOOLKEEP_NO_AOT", "TOOLKEEP_KEY", CONFIG);

    private final Map<Setting<?>, Given> given;
    private final Path standardData;

    private Settings(Map<Setting<?>, Given> given, Path standardData) {
        this.given = given;
        this.standardData = standardData;
    }

    /// Options of the command line, each as it was typed, or null.
    ///
    /// @param directory what relative paths are relative to
    public record Flags(
            Path directory,
            @Nullable String config,
            @Nullable String data,
            @Nullable String host,
            @Nullable String port,
            @Nullable String consoleHost,
            @Nullable String consolePort) {
        public static Flags none(Path directory) {
            return new Flags(directory, null, null, null, null, null, null);
        }
    }

    /// Reads them all.
    ///
    /// @param standardData the data folder where nobody names one
    /// @throws CannotStart with the first thing that is wrong
    public static Settings read(Flags flags, Map<String, String> environment, Path standardData) throws CannotStart {
        Map<Setting<?>, Given> over = environment(environment, flags.directory());
        over.putAll(typed(flags));
        Settings named = new Settings(over, standardData);
        Map<Setting<?>, Given> all = new HashMap<>(named.file(flags, environment));
        all.putAll(over);
        Settings settings = new Settings(all, standardData);
        for (Setting<?> setting : Setting.all()) {
            settings.get(setting);
        }
        settings.requireWhole();
        return settings;
    }

    /// The same as options of the house.
    public HouseOptions options(String version) throws CannotStart {
        return new HouseOptions(
                data(), doors(version), console(), engine(version), store(), get(Setting.GATEWAY_DRAIN));
    }

    /// What the person who starts it should know, one sentence each.
    public List<String> warnings() throws CannotStart {
        List<String> warnings = new ArrayList<>();
        open(get(Setting.GATEWAY_HOST), "gateway", warnings);
        open(get(Setting.CONSOLE_HOST), "console", warnings);
        return warnings;
    }

    private static void open(String host, String listener, List<String> warnings) {
        if (!java.net.InetAddress.ofLiteral(host).isLoopbackAddress()) {
            warnings.add("the " + listener + " listens on " + host + ", which other machines may reach, and has no TLS "
                    + "of its own: put a proxy with TLS in front and name it in " + listener + ".publicOrigins");
        }
    }

    private Path data() throws CannotStart {
        return given.containsKey(Setting.DATA) ? place(Setting.DATA) : standardData;
    }

    private DoorOptions doors(String version) throws CannotStart {
        DoorOptions.Patience patience = new DoorOptions.Patience(
                get(Setting.GATEWAY_HEAD), get(Setting.GATEWAY_BODY_TIME), get(Setting.GATEWAY_IDLE));
        return DoorOptions.loopback(get(Setting.GATEWAY_PORT), version)
                .withHost(get(Setting.GATEWAY_HOST))
                .withPublicOrigins(get(Setting.GATEWAY_ORIGINS))
                .withBodyBytes(Math.toIntExact(get(Setting.GATEWAY_BODY)))
                .withConnections(get(Setting.GATEWAY_CONNECTIONS))
                .withPatience(patience);
    }

    private ConsoleOptions console() throws CannotStart {
        return new ConsoleOptions(get(Setting.CONSOLE_HOST), get(Setting.CONSOLE_PORT), get(Setting.CONSOLE_ORIGINS));
    }

    private EngineOptions engine(String version) throws CannotStart {
        EngineOptions standard = EngineOptions.defaults(version);
        JournalOptions journal = new JournalOptions(
                get(Setting.JOURNAL_SEGMENT),
                standard.journal().waiting(),
                get(Setting.JOURNAL_SYNC).equals("disk"));
        EgressOptions egress = new EgressOptions(
                get(Setting.EGRESS_CONNECT),
                get(Setting.EGRESS_QUEUE),
                get(Setting.EGRESS_CONNECTIONS),
                get(Setting.EGRESS_QUEUED),
                get(Setting.EGRESS_KEEP),
                get(Setting.EGRESS_LOOKUP),
                Math.toIntExact(get(Setting.EGRESS_HEADERS)),
                null);
        return new EngineOptions(
                journal, egress, standard.mcp(), standard.grpc(), standard.chainDepth(), standard.programVersion());
    }

    private StoreChoice store() throws CannotStart {
        if (!given.containsKey(Setting.POSTGRES_URL)) {
            return new StoreChoice.Sqlite();
        }
        Path password = given.containsKey(Setting.POSTGRES_PASSWORD) ? place(Setting.POSTGRES_PASSWORD) : null;
        return new StoreChoice.Postgres(get(Setting.POSTGRES_URL), get(Setting.POSTGRES_USER), password);
    }

    private void requireWhole() throws CannotStart {
        for (Setting<?> setting : List.of(Setting.POSTGRES_USER, Setting.POSTGRES_PASSWORD)) {
            Given lone = given.get(setting);
            if (lone != null && !given.containsKey(Setting.POSTGRES_URL)) {
                throw new CannotStart(lone.where() + " needs " + Setting.POSTGRES_URL.key() + " beside it");
            }
        }
    }

    private <T> T get(Setting<T> setting) throws CannotStart {
        Given value = given.get(setting);
        try {
            return setting.form().read(value == null ? setting.standard() : value.text());
        } catch (Malformed e) {
            throw new CannotStart((value == null ? setting.key() : value.where()) + " " + e.getMessage());
        }
    }

    private Path place(Setting<Path> setting) throws CannotStart {
        Given value = given.get(setting);
        Path read = get(setting);
        return (value == null ? read : value.directory().resolve(read)).normalize();
    }

    /// The file that is named, or else the one in the data folder, if it is there.
    private Map<Setting<?>, Given> file(Flags flags, Map<String, String> environment) throws CannotStart {
        String named = flags.config() != null ? flags.config() : environment.getOrDefault(CONFIG, "");
        if (!named.isEmpty()) {
            return ConfigFile.read(flags.directory().resolve(named).normalize());
        }
        Path usual = data().resolve(FILE);
        if (!Files.exists(usual, LinkOption.NOFOLLOW_LINKS)) {
            return Map.of();
        }
        Map<Setting<?>, Given> read = ConfigFile.read(usual);
        Given moved = read.get(Setting.DATA);
        if (moved != null) {
            throw new CannotStart(moved.where()
                    + " cannot be set by a file that lies in the data folder; name the file " + "with --config");
        }
        return read;
    }

    private static Map<Setting<?>, Given> environment(Map<String, String> environment, Path directory)
            throws CannotStart {
        Map<String, Setting<?>> known = new HashMap<>();
        Setting.all().forEach(setting -> known.put(setting.variable(), setting));
        Map<Setting<?>, Given> given = new HashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            Setting<?> setting = known.get(name);
            if (setting != null && !variable.getValue().isEmpty()) {
                given.put(setting, new Given(variable.getValue(), name, directory));
            } else if (setting == null && name.startsWith("TOOLKEEP_") && !OTHERS.contains(name)) {
                Set<String> names = new TreeSet<>(OTHERS);
                names.addAll(known.keySet());
                throw new CannotStart("unknown variable " + Words.printable(name) + "; " + Words.nearest(name, names));
            }
        }
        return given;
    }

    private static Map<Setting<?>, Given> typed(Flags flags) {
        Map<Setting<?>, Given> given = new HashMap<>();
        typed(given, Setting.DATA, "--data", flags.data(), flags.directory());
        typed(given, Setting.GATEWAY_HOST, "--host", flags.host(), flags.directory());
        typed(given, Setting.GATEWAY_PORT, "--port", flags.port(), flags.directory());
        typed(given, Setting.CONSOLE_HOST, "--console-host", flags.consoleHost(), flags.directory());
        typed(given, Setting.CONSOLE_PORT, "--console-port", flags.consolePort(), flags.directory());
        return given;
    }

    private static void typed(
            Map<Setting<?>, Given> given, Setting<?> setting, String flag, @Nullable String text, Path directory) {
        if (text != null) {
            given.put(setting, new Given(text, flag, directory));
        }
    }
}
