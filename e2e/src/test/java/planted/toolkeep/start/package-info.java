/// Planted to break the rules.
@NullMarked
package planted.toolkeep.start;

import org.jspecify.annotations.NullMarked;
