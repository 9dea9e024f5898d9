/// Planted to break the rules.
@NullMarked
package planted.toolkeep.web;

import org.jspecify.annotations.NullMarked;
