/// Servers on 127.0.0.1 that behave as told, friendly or hostile, and remember what was sent to them.
@NullMarked
package dev.toolkeep.testkit.fake;

import org.jspecify.annotations.NullMarked;
