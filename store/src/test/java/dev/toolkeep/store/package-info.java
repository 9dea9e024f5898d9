/// SQLite and PostgreSQL pass the same contracts as memory, and fail in one clear sentence.
@NullMarked
package dev.toolkeep.store;

import org.jspecify.annotations.NullMarked;
