/// Who asks: callers and the keys that prove them.
@NullMarked
package dev.toolkeep.caller;

import org.jspecify.annotations.NullMarked;
