/// Planted to break the rules.
@NullMarked
package planted.toolkeep.west;

import org.jspecify.annotations.NullMarked;
