/// Tools of gRPC servers: what reflection says of them, and their calls.
@NullMarked
package dev.toolkeep.protocol.grpc;

import org.jspecify.annotations.NullMarked;
