/// Planted to break the rules.
@NullMarked
package planted.toolkeep.policy;

import org.jspecify.annotations.NullMarked;
