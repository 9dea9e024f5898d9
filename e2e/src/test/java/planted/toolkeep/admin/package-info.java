/// Planted to break the rules.
@NullMarked
package planted.toolkeep.admin;

import org.jspecify.annotations.NullMarked;
