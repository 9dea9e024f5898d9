/// A whole engine for tests, and what it can be given.
@NullMarked
package dev.toolkeep.testkit;

import org.jspecify.annotations.NullMarked;
