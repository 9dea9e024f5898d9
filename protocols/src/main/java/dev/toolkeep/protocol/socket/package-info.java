/// Tools that are spoken to over plain TCP and UDP.
@NullMarked
package dev.toolkeep.protocol.socket;

import org.jspecify.annotations.NullMarked;
