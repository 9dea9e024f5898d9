/// GraphQL servers: their schemas made tools, and the calls of those.
@NullMarked
package dev.toolkeep.protocol.graphql;

import org.jspecify.annotations.NullMarked;
