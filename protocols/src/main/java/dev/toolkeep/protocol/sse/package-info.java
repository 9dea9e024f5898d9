/// Tools that answer with server-sent events.
@NullMarked
package dev.toolkeep.protocol.sse;

import org.jspecify.annotations.NullMarked;
