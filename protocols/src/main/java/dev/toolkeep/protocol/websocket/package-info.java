/// Tools that are spoken to over WebSockets.
@NullMarked
package dev.toolkeep.protocol.websocket;

import org.jspecify.annotations.NullMarked;
