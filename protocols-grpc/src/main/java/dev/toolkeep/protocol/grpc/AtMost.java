package dev.toolkeep.protocol.grpc;

import java.io.IOException;

/// Text that may not grow past a bound: two bytes of a message can be kilobytes of JSON.
record AtMost(StringBuilder text, int most) implements Appendable {
    /// More was to be appended than fits.
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public AtMost append(CharSequence more) throws Full {
        return append(more, 0, more.length());
    }

    @Override
    public AtMost append(CharSequence more, int start, int end) throws Full {
        if (text.length() + (end - start) > most) {
            throw new Full();
        }
        text.append(more, start, end);
        return this;
    }

    @Override
    public AtMost append(char more) throws Full {
        return append(String.valueOf(more), 0, 1);
    }
}
