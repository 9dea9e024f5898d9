/// UTCP for Java programs: tools called directly, with the checks of the gateway and without a server.
@NullMarked
package dev.toolkeep.client;

import org.jspecify.annotations.NullMarked;
