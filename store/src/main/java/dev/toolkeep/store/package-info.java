/// What the engine keeps, in SQLite or PostgreSQL: one SQL text, one set of migrations, one contract suite.
@NullMarked
package dev.toolkeep.store;

import org.jspecify.annotations.NullMarked;
