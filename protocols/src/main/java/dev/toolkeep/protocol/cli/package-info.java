/// Tools that are programs of this machine (UTCP `cli`).
@NullMarked
package dev.toolkeep.protocol.cli;

import org.jspecify.annotations.NullMarked;
