/// Planted to break the rules.
@NullMarked
package planted.toolkeep.web.rest;

import org.jspecify.annotations.NullMarked;
