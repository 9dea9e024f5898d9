/// Planted to break the rules.
@NullMarked
package planted.toolkeep.wire;

import org.jspecify.annotations.NullMarked;
