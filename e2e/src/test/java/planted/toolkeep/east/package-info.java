/// Planted to break the rules.
@NullMarked
package planted.toolkeep.east;

import org.jspecify.annotations.NullMarked;
