/// Tools that are HTTP endpoints.
@NullMarked
package dev.toolkeep.protocol.http;

import org.jspecify.annotations.NullMarked;
