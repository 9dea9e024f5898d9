package dev.toolkeep.start;

import dev.toolkeep.wire.Malformed;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a setting's value looks like. Wherever it is given it is the same text; `keep.yaml` writes a number as a number
/// and a list as a list.
sealed interface Form<T> {
    /// @throws Malformed with [#words]
    T read(String text) throws Malformed;

    /// What a value must be, as the end of a sentence.
    String words();

    /// The text of a value in `keep.yaml`.
    default String text(JsonNode node) throws Malformed {
        if (node.isString() && !node.stringValue().isBlank()) {
            return node.stringValue();
        }
        throw no();
    }

    default Malformed no() {
        return new Malformed("must be " + words());
    }

    record Whole(int least, int most) implements Form<Integer> {
        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

        @Override
        public Integer read(String text) throws Malformed {
            if (DIGITS.matcher(text).matches()) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw no();
        }

        @Override
        public String text(JsonNode node) throws Malformed {
            if (node.isInt()) {
                return String.valueOf(node.intValue());
            }
            throw no();
        }

        @Override
        public String words() {
            return "a whole number from " + least + " to " + most;
        }
    }

    /// Such as `500ms`, `10s`, `2m` or `1h`; at most a day.
    record Time() implements Form<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,8})(ms|s|m|h)");
        private static final Duration MOST = Duration.ofDays(1);

        @Override
        public Duration read(String text) throws Malformed {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw no();
            }
            long amount = Long.parseLong(form.group(1));
            Duration time = switch (form.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (!time.isPositive() || time.compareTo(MOST) > 0) {
                throw no();
            }
            return time;
        }

        @Override
        public String words() {
            return "a time from 1ms to 24h, such as 500ms, 10s or 2m";
        }
    }

    /// Such as `64KiB`.
    record Size(long least, long most) implements Form<Long> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

        @Override
        public Long read(String text) throws Malformed {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw no();
            }
            long bytes = Long.parseLong(form.group(1))
                    << switch (form.group(2)) {
                        case "KiB" -> 10;
                        case "MiB" -> 20;
                        case "GiB" -> 30;
                        default -> 0;
                    };
            if (bytes < least || bytes > most) {
                throw no();
            }
            return bytes;
        }

        @Override
        public String words() {
            return "a size from " + shown(least) + " to " + shown(most) + ", such as 64KiB or 4MiB";
        }

        private static String shown(long bytes) {
            if (bytes % (1 << 30) == 0) {
                return (bytes >> 30) + "GiB";
            }
            return bytes % (1 << 20) == 0 ? (bytes >> 20) + "MiB" : (bytes >> 10) + "KiB";
        }
    }

    /// One of a few words.
    record Choice(List<String> choices) implements Form<String> {
        @Override
        public String read(String text) throws Malformed {
            if (choices.contains(text)) {
                return text;
            }
            throw no();
        }

        @Override
        public String words() {
            return String.join(" or ", choices);
        }
    }

    /// An address to listen on, as requests will name it. A name would have to be looked up, and could be anybody's.
    record Address() implements Form<String> {
        @Override
        public String read(String text) throws Malformed {
            if (text.equals("localhost")) {
                return "127.0.0.1";
            }
            try {
                InetAddress address = InetAddress.ofLiteral(text);
                if (!(address instanceof Inet6Address)) {
                    return address.getHostAddress();
                }
                if (text.indexOf('%') < 0) {
                    return address.isLoopbackAddress() ? "::1" : address.isAnyLocalAddress() ? "::" : text;
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw no();
        }

        @Override
        public String words() {
            return "an IP address, such as 127.0.0.1 or 0.0.0.0";
        }
    }

    /// `https://host` or `https://host:port`, several with commas between them.
    record Origins() implements Form<List<String>> {
        private static final int MOST = 100;

        @Override
        public List<String> read(String text) throws Malformed {
            List<String> origins = new ArrayList<>();
            for (String origin : text.split(",", -1)) {
                if (!text.isEmpty()) {
                    origins.add(origin(origin.strip().toLowerCase(Locale.ROOT)));
                }
            }
            if (origins.size() > MOST) {
                throw no();
            }
            return List.copyOf(origins);
        }

        private String origin(String text) throws Malformed {
            try {
                URI uri = new URI(text).parseServerAuthority();
                boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                boolean bare = uri.getHost() != null
                        && text.equals(uri.getScheme() + "://" + uri.getHost()
                                + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
                if (web && bare) {
                    return text;
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw no();
        }

        @Override
        public String text(JsonNode node) throws Malformed {
            if (!node.isArray() || node.isEmpty()) {
                throw no();
            }
            List<String> texts = new ArrayList<>();
            for (JsonNode item : node) {
                if (!item.isString() || item.stringValue().indexOf(',') >= 0) {
                    throw no();
                }
                texts.add(item.stringValue());
            }
            return String.join(",", texts);
        }

        @Override
        public String words() {
            return "a list of origins such as https://tools.example.com (scheme and host alone, without a path)";
        }
    }

    /// A place on this machine; empty where none is given.
    record Place() implements Form<Path> {
        @Override
        public Path read(String text) throws Malformed {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw no();
            }
        }

        @Override
        public String words() {
            return "a path";
        }
    }

    record Text() implements Form<String> {
        @Override
        public String read(String text) {
            return text;
        }

        @Override
        public String words() {
            return "text";
        }
    }
}
