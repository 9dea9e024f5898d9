/// Tests of the whole house against real peers.
@NullMarked
package dev.toolkeep.e2e;

import org.jspecify.annotations.NullMarked;
