/// Planted to break the rules.
@NullMarked
package planted.toolkeep.protocol.mcp;

import org.jspecify.annotations.NullMarked;
