/// One child process with all it starts, in a clean environment and behind walls.
@NullMarked
package dev.toolkeep.protocol.process;

import org.jspecify.annotations.NullMarked;
