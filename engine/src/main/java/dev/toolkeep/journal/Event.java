package dev.toolkeep.journal;

import java.util.Arrays;

/// What is written into the journal: a type such as `call.opened` or `tool.approved`, and named values. It takes its
/// sequence number, its time and its link to the record before when it is written.
///
/// Names are lower-case letters and `_`; `at`, `prev`, `seq` and `type` are the journal's own. A value may be any text:
/// unpaired surrogates become U+FFFD, and text past 4,000 characters is cut and ends with `...`. Never put a secret or
/// a personal value in; put its salted digest ([Journal#salted]). Not thread-safe until appended, then never changed.
public final class Event {
    static final int LONGEST = 4000;

    private final String type;
    private String[] names = new String[12];
    private Object[] values = new Object[12];
    private int size;

    private Event(String type) {
        this.type = type;
    }

    /// @throws IllegalArgumentException when the type is not words of lower-case letters joined by dots
    public static Event of(String type) {
        requireWord(type, true);
        return new Event(type);
    }

    public Event with(String name, String value) {
        return put(name, value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...");
    }

    public Event with(String name, long value) {
        return put(name, value);
    }

    public String type() {
        return type;
    }

    /// Puts the value in its place, so that the names are always sorted as RFC 8785 demands.
    private Event put(String name, Object value) {
        requireWord(name, false);
        if (name.equals("at") || name.equals("prev") || name.equals("seq") || name.equals("type")) {
            throw new IllegalArgumentException("the journal itself writes " + name);
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        int place = size;
        while (place > 0 && names[place - 1].compareTo(name) > 0) {
            names[place] = names[place - 1];
            values[place] = values[place - 1];
            place--;
        }
        if (place > 0 && names[place - 1].equals(name)) {
            throw new IllegalArgumentException("said twice: " + name);
        }
        names[place] = name;
        values[place] = value;
        size++;
        return this;
    }

    /// The value of `name` as text; empty when there is none.
    String text(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return String.valueOf(values[i]);
            }
        }
        return "";
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    Object value(int index) {
        return values[index];
    }

    private static void requireWord(String word, boolean dots) {
        boolean good = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            good &= (c >= 'a' && c <= 'z') || c == '_' || (dots && c == '.');
        }
        if (!good) {
            throw new IllegalArgumentException("not a journal word: " + word);
        }
    }
}
