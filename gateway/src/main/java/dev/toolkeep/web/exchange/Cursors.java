package dev.toolkeep.web.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;

/// Where a list goes on: opaque to its reader, and good only for the caller, the list and the place it was made for.
/// A forged one could at most name a place in the forger's own list, so it is checked, not signed; every node reads
/// every other node's.
public final class Cursors {
    private static final int PLACE = 4;
    private static final int CHECK = 12;

    private Cursors() {}

    public static String write(String caller, String tag, int place) {
        byte[] bytes = ByteBuffer.allocate(PLACE + CHECK)
                .putInt(place)
                .put(check(caller, tag, place))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The place `cursor` names, or nothing when it is not one made for this caller and this very list.
    public static OptionalInt read(String cursor, String caller, String tag) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
        if (bytes.length != PLACE + CHECK) {
            return OptionalInt.empty();
        }
        int place = ByteBuffer.wrap(bytes).getInt();
        byte[] check = Arrays.copyOfRange(bytes, PLACE, bytes.length);
        return place >= 0 && MessageDigest.isEqual(check, check(caller, tag, place))
                ? OptionalInt.of(place)
                : OptionalInt.empty();
    }

    private static byte[] check(String caller, String tag, int place) {
        try {
            String text = "toolkeep cursor\n" + caller + "\n" + tag + "\n" + place;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, CHECK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
