/// What a tool is: its name, its one immutable definition, how it is called.
@NullMarked
package dev.toolkeep.tool;

import org.jspecify.annotations.NullMarked;
