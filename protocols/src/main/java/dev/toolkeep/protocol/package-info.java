/// One call, sent: the sealed choice of protocols and the one way to speak each.
@NullMarked
package dev.toolkeep.protocol;

import org.jspecify.annotations.NullMarked;
