package dev.toolkeep.command;

import dev.toolkeep.lint.Finding;
import dev.toolkeep.lint.Lint;
import dev.toolkeep.lint.Severity;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Fetch;
import dev.toolkeep.protocol.net.Fetched;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictYaml;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep lint FILE|URL`: what is dangerous in a manual. Needs no running server.
@Command(
        name = "lint",
        description = "Names what is dangerous in a UTCP manual, before anybody uses it.",
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Surroundings around;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE|URL", description = "The manual: JSON or YAML.")
    private String location = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            description = "Exit with 1 for findings of this level and above: high, medium or low (usually medium).",
            converter = Level.class)
    private Severity failOn = Severity.MEDIUM;

    @Option(
            names = "--reach",
            paramLabel = "HOST[:PORT]",
            description = "Let the URL lead to this host although it is private or plain http.")
    private List<String> reach = new ArrayList<>();

    LintCommand(Surroundings around) {
        this.around = around;
    }

    static final class Level implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String word) {
            for (Severity severity : Severity.values()) {
                if (severity.word().equals(word)) {
                    return severity;
                }
            }
            throw new TypeConversionException("it is high, medium or low");
        }
    }

    @Override
    public Integer call() {
        Reach granted;
        try {
            granted = new Reach(new HashSet<>(reach));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--reach: " + e.getMessage());
        }
        return switch (document(granted)) {
            case Fetched.Failed(ToolFault fault) -> unreadable(fault.message());
            case Fetched.Document document -> {
                try {
                    yield tell(Lint.manual(StrictYaml.parse(document.bytes(), Bounds.DOCUMENT)));
                } catch (Malformed e) {
                    yield unreadable(e.getMessage());
                }
            }
        };
    }

    private int unreadable(String why) {
        around.err().println("toolkeep: the manual cannot be read: " + why);
        return Main.USAGE;
    }

    private Fetched document(Reach granted) {
        String lower = location.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return file();
        }
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
            return new Fetch(vertx, egress)
                    .get(URI.create(location), granted, Bounds.DOCUMENT.bytes(), PATIENCE, Map.of())
                    .toCompletableFuture()
                    .join();
        } catch (IllegalArgumentException e) {
            return new Fetched.Failed(ToolFault.of(ToolFault.Kind.UNREACHABLE, "this is no URL"));
        } finally {
            vertx.close().await();
        }
    }

    private Fetched file() {
        try {
            Path path = around.directory().resolve(location);
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(Bounds.DOCUMENT.bytes() + 1);
                return new Fetched.Document(bytes, "", path.toUri());
            }
        } catch (IOException | InvalidPathException e) {
            return new Fetched.Failed(
                    ToolFault.of(ToolFault.Kind.UNREACHABLE, "is the file there, and may you read it?"));
        }
    }

    private int tell(List<Finding> findings) {
        if (json) {
            around.out().println(Json.pretty(shown(findings)));
        } else {
            findings.forEach(this::line);
            around.out().println(summary(findings));
        }
        boolean grave = findings.stream().anyMatch(finding -> finding.severity().atLeast(failOn));
        return grave ? Main.FAILED : Main.DONE;
    }

    private void line(Finding finding) {
        around.out()
                .printf(
                        "%-6s  %s  %s%n        %s%s%n        %s%n",
                        finding.severity().word(),
                        finding.rule().id(),
                        finding.shownPlace(),
                        finding.tool().isEmpty() ? "" : finding.tool() + ": ",
                        finding.message(),
                        finding.advice());
    }

    private static String summary(List<Finding> findings) {
        StringBuilder words = new StringBuilder();
        for (Severity severity : Severity.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            words.append(words.isEmpty() ? "" : ", ").append(count).append(' ').append(severity.word());
        }
        return words.toString();
    }

    private static ObjectNode shown(List<Finding> findings) {
        ObjectNode shown = Json.object();
        ArrayNode list = shown.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = list.addObject();
            one.put("severity", finding.severity().word());
            one.put("rule", finding.rule().id());
            if (!finding.tool().isEmpty()) {
                one.put("tool", finding.tool());
            }
            one.put("place", finding.place());
            one.put("message", finding.message());
            one.put("advice", finding.advice());
        }
        return shown;
    }
}
