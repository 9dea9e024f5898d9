/// Access tokens for tools' servers: fetched, checked, kept a while and renewed (RFC 6749).
@NullMarked
package dev.toolkeep.protocol.oauth;

import org.jspecify.annotations.NullMarked;
