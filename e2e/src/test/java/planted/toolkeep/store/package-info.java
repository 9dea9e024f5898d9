/// Planted to break the rules.
@NullMarked
package planted.toolkeep.store;

import org.jspecify.annotations.NullMarked;
