package dev.toolkeep.schema;

import com.networknt.schema.SchemaException;

/// Stops a judgement that would take too long. A [SchemaException], because the validator lets those through and logs
/// every other exception together with the pattern and the place. Stackless.
final class TooMuchWork extends SchemaException {
    private static final long serialVersionUID = 1L;

    TooMuchWork() {
        super("too much work");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
