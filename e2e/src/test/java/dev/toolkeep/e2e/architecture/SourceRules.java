package dev.toolkeep.e2e.architecture;

import dev.toolkeep.e2e.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What holds of the project's files, whatever they compile to. Every rule gives the places that break it.
record SourceRules(Checkout checkout) {
    static final int LONGEST_FILE = 500;
    static final int LARGEST_ROOM = 25;

    /// Rooms past 25 types, each with the reason why it stays one room.
    static final Map<String, String> LARGE_ROOMS = Map.of(
            "dev.toolkeep.command", "one type a command and one for what it prints; none knows another",
            "dev.toolkeep.admin", "one type for each thing an operator does, and the small values they answer",
            "dev.toolkeep.wire", "strict readers and writers of four formats, which share their smallest parts",
            "dev.toolkeep.protocol.mcp", "two transports and two eras of one protocol; nothing of it is used alone");

    private static final Pattern FORBIDDEN_WORD = Pattern.compile(
            "(?i)core|common|commons|util|utils|helper|helpers|internal|impl|manager|service|base|processor");
    private static final Pattern WORDS_OF_A_NAME = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+");
    private static final Pattern FIRST_SENTENCE = Pattern.compile("\\A/// [A-Z][^\n]*[.:]");
    private static final Pattern CHANGING_PATTERN =
            Pattern.compile("\\.(?:replaceAll|replaceFirst|split)\\(\\s*[A-Za-z]");

    /// What nobody should find in a file of ours. Put together here, so that this file does not hold it.
    private static final Map<String, Pattern> LEFT_BEHIND = Map.of(
            "a path of one machine", word("/(?:work|root|home/[a-z]+|tmp/h)/"),
            "a package registry",
                    word("(?:registry\\." + "npmjs|repo1?\\." + "maven|maven\\." + "org/maven2|pypi\\." + "org)"),
            "work left for later", word("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b"),
            "a test that is skipped", word("@" + "Disabled\\b|\\b(?:assumeTrue\\(false|assumeFalse\\(true)|\\bxit\\("),
            "a warning switched off for all",
                    word("@Suppress" + "Warnings\\(\"(?:all|unchecked|rawtypes|NullAway)\"\\)"));

    List<String> tooLongFiles() {
        return java().filter(file -> lines(file) > LONGEST_FILE)
                .map(file -> file + ": " + lines(file) + " lines")
                .toList();
    }

    List<String> tooLargeRooms() {
        return rooms().entrySet().stream()
                .filter(room -> room.getValue().size() > LARGEST_ROOM && !LARGE_ROOMS.containsKey(room.getKey()))
                .map(room -> room.getKey() + ": " + room.getValue().size() + " types")
                .toList();
    }

    /// Exceptions that are none any more.
    List<String> exceptionsNotNeeded() {
        Map<String, List<Path>> rooms = rooms();
        return LARGE_ROOMS.keySet().stream()
                .filter(room -> rooms.getOrDefault(room, List.of()).size() <= LARGEST_ROOM)
                .toList();
    }

    List<String> forbiddenNames() {
        List<String> found = new ArrayList<>();
        java().forEach(file -> {
            for (Path step : file) {
                Matcher words = WORDS_OF_A_NAME.matcher(step.toString().replaceFirst("\\.java$", ""));
                words.results()
                        .filter(word -> FORBIDDEN_WORD.matcher(word.group()).matches())
                        .forEach(word -> found.add(file + ": " + word.group()));
            }
        });
        return found;
    }

    List<String> roomsWithoutASentence() {
        return rooms().keySet().stream()
                .filter(room -> !said(room))
                .map(room -> room + ": package-info.java says what the room is in a sentence, then @NullMarked")
                .toList();
    }

    /// A pattern that is put together at run time is not a constant, even where no `Pattern.compile` shows it.
    List<String> patternsOfVariables() {
        return java().filter(SourceRules::main)
                .flatMap(file -> places(file, CHANGING_PATTERN, "a pattern that is no literal"))
                .toList();
    }

    List<String> leftBehind() {
        return checkout.files().stream()
                .filter(file -> !file.toString().contains("json-schema-test-suite"))
                .flatMap(file -> LEFT_BEHIND.entrySet().stream()
                        .flatMap(unwanted -> places(file, unwanted.getValue(), unwanted.getKey())))
                .toList();
    }

    /// Types by room, without package-info.
    Map<String, List<Path>> rooms() {
        Map<String, List<Path>> rooms = new TreeMap<>();
        java().filter(SourceRules::main)
                .filter(file -> !file.endsWith("package-info.java"))
                .forEach(file -> {
                    String folder = String.valueOf(file.getParent());
                    String room = folder.substring(folder.indexOf("src/main/java/") + 14)
                            .replace('/', '.');
                    rooms.computeIfAbsent(room, name -> new ArrayList<>()).add(file);
                });
        return rooms;
    }

    private boolean said(String room) {
        Predicate<Path> info = file -> file.endsWith("package-info.java")
                && String.valueOf(file.getParent()).endsWith("src/main/java/" + room.replace('.', '/'));
        return java().filter(info).anyMatch(file -> {
            String text = text(file);
            return FIRST_SENTENCE.matcher(text).find() && text.contains("@NullMarked");
        });
    }

    private Stream<Path> java() {
        return checkout.files().stream().filter(file -> file.toString().endsWith(".java"));
    }

    private static boolean main(Path file) {
        return file.toString().contains("src/main/java/");
    }

    private Stream<String> places(Path file, Pattern unwanted, String what) {
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            if (unwanted.matcher(line).find()) {
                found.add(file + ":" + number + ": " + what);
            }
        }
        return found.stream();
    }

    private long lines(Path file) {
        return text(file).lines().count();
    }

    /// Read as Latin-1, which every file is: only ASCII is looked for.
    private String text(Path file) {
        try {
            return Files.readString(checkout.root().resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern word(String pattern) {
        return Pattern.compile(pattern);
    }
}
