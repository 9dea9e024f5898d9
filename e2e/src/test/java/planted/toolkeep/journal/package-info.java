/// Planted to break the rules.
@NullMarked
package planted.toolkeep.journal;

import org.jspecify.annotations.NullMarked;
