/// Planted to break the rules.
@NullMarked
package planted.toolkeep.limits;

import org.jspecify.annotations.NullMarked;
