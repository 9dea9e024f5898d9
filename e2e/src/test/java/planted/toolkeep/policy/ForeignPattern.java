package planted.toolkeep.policy;

import java.util.regex.Pattern;

final class ForeignPattern {
    static final Pattern GOOD = Pattern.compile("a+");

    Pattern compile(String sent) {
        return Pattern.compile(sent);
    }

    com.google.re2j.Pattern linear(String sent) {
        return com.google.re2j.Pattern.compile(sent);
    }
}
