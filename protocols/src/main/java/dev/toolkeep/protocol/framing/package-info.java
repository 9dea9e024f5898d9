/// How messages are cut out of a stream of bytes.
@NullMarked
package dev.toolkeep.protocol.framing;

import org.jspecify.annotations.NullMarked;
