/// The administration API: thin routes over the admin room, and the shapes of their JSON.
@NullMarked
package dev.toolkeep.console.api;

import org.jspecify.annotations.NullMarked;
