@NullMarked
package dev.toolkeep.registry;

import org.jspecify.annotations.NullMarked;
