/// Tools that are files of this machine (UTCP `file`).
@NullMarked
package dev.toolkeep.protocol.file;

import org.jspecify.annotations.NullMarked;
