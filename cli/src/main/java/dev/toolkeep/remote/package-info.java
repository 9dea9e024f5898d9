/// How a command speaks to the running Toolkeep: over loopback alone, and with a key only its owner can read.
@NullMarked
package dev.toolkeep.remote;

import org.jspecify.annotations.NullMarked;
