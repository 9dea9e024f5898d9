/// Planted to break the rules.
@NullMarked
package planted.toolkeep;

import org.jspecify.annotations.NullMarked;
