/// gRPC servers: their reflection made tools, and the calls of those.
@NullMarked
package dev.toolkeep.protocol.grpc;

import org.jspecify.annotations.NullMarked;
