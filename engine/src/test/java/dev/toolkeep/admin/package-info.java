/// What operators can do, over a real engine.
@NullMarked
package dev.toolkeep.admin;

import org.jspecify.annotations.NullMarked;
