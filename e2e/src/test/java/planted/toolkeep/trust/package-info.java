/// Planted to break the rules.
@NullMarked
package planted.toolkeep.trust;

import org.jspecify.annotations.NullMarked;
