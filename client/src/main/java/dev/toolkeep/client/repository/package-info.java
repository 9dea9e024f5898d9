/// What a client remembers of the manuals it registered.
@NullMarked
package dev.toolkeep.client.repository;

import org.jspecify.annotations.NullMarked;
