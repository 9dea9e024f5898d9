/// Planted to break the rules.
@NullMarked
package planted.toolkeep.attic;

import org.jspecify.annotations.NullMarked;
