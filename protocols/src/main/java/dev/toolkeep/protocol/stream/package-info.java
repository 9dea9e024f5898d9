/// Tools that answer over HTTP piece by piece.
@NullMarked
package dev.toolkeep.protocol.stream;

import org.jspecify.annotations.NullMarked;
