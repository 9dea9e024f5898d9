/// Tools whose answer is written in their definition.
@NullMarked
package dev.toolkeep.protocol.text;

import org.jspecify.annotations.NullMarked;
