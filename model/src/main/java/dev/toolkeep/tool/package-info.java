/// What a tool is: its name, its one immutable definition, how it is called, how it can break.
@NullMarked
package dev.toolkeep.tool;

import org.jspecify.annotations.NullMarked;
