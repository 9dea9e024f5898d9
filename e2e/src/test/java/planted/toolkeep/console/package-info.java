/// Planted to break the rules.
@NullMarked
package planted.toolkeep.console;

import org.jspecify.annotations.NullMarked;
