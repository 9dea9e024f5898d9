/// The listener, against real sockets.
@NullMarked
package dev.toolkeep.web;

import org.jspecify.annotations.NullMarked;
