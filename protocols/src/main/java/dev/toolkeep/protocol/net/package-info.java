/// The one way out: every outbound connection is resolved, judged and pinned here.
@NullMarked
package dev.toolkeep.protocol.net;

import org.jspecify.annotations.NullMarked;
