/// Methods of the program itself as tools: UTCP's `direct-call`.
@NullMarked
package dev.toolkeep.client.direct;

import org.jspecify.annotations.NullMarked;
