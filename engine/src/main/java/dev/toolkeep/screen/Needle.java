package dev.toolkeep.screen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One secret in every spelling it is looked for.
///
/// @param plain the value itself (and its UTF-8 bytes read as Latin-1 where that differs), and both spellings in hex
/// @param base64 what is certain of its base64 at each of the three places it can take in a group of three bytes, in
///     both alphabets; so it is found inside the base64 of something longer too, such as `user:password`
/// @param numeric whether it could come back as a JSON number
record Needle(List<String> plain, List<String> base64, boolean numeric) {
    /// Values shorter than this are not looked for: they are everywhere.
    static final int SHORTEST = 4;

    static List<Needle> of(List<String> secrets) {
        List<Needle> needles = new ArrayList<>(secrets.size());
        for (String secret : secrets) {
            // A value kept with its line end comes back without it.
            String value = secret.strip();
            if (value.length() >= SHORTEST) {
                needles.add(of(value));
            }
        }
        return needles;
    }

    private static Needle of(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> plain = new LinkedHashSet<>();
        plain.add(value);
        plain.add(new String(bytes, StandardCharsets.ISO_8859_1));
        plain.add(HexFormat.of().formatHex(bytes));
        plain.add(HexFormat.of().withUpperCase().formatHex(bytes));
        Set<String> base64 = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            String certain = certain(bytes, before);
            base64.add(certain);
            base64.add(certain.replace('+', '-').replace('/', '_'));
        }
        return new Needle(
                List.copyOf(plain),
                List.copyOf(base64),
                value.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0));
    }

    /// The base64 characters that no byte before or after the value can change.
    private static String certain(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = Base64.getEncoder().encodeToString(shifted);
        Arrays.fill(shifted, (byte) 0);
        int from = (before * 8 + 5) / 6;
        int to = (before + bytes.length) * 8 / 6;
        return encoded.substring(from, to);
    }

    /// How many characters at the end of `text`, which was cut there, may be the beginning of the secret.
    int begunAtEnd(String text) {
        return longest(text, (spelling, length) -> text.endsWith(spelling.substring(0, length)));
    }

    /// How many characters at the start of `text`, which was cut there, may be the end of the secret.
    int endedAtStart(String text) {
        return longest(text, (spelling, length) -> text.startsWith(spelling.substring(spelling.length() - length)));
    }

    private interface Fit {
        boolean at(String spelling, int length);
    }

    private int longest(String text, Fit fit) {
        int longest = 0;
        for (List<String> spellings : List.of(plain, base64)) {
            for (String spelling : spellings) {
                for (int length = Math.min(spelling.length() - 1, text.length()); length >= SHORTEST; length--) {
                    if (length > longest && fit.at(spelling, length)) {
                        longest = length;
                    }
                }
            }
        }
        return longest;
    }
}
