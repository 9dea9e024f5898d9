@NullMarked
package dev.toolkeep.schema;

import org.jspecify.annotations.NullMarked;
