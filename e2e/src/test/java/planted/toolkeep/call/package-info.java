/// Planted to break the rules.
@NullMarked
package planted.toolkeep.call;

import org.jspecify.annotations.NullMarked;
