/// Tests of the room of the same name.
@NullMarked
package dev.toolkeep.web.rest;

import org.jspecify.annotations.NullMarked;
