/// Planted to break the rules.
@NullMarked
package planted.toolkeep.web.mcp;

import org.jspecify.annotations.NullMarked;
