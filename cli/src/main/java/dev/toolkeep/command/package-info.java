/// The command line: one class a command, each thin.
@NullMarked
package dev.toolkeep.command;

import org.jspecify.annotations.NullMarked;
