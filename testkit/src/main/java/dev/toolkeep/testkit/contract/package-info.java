/// What every implementation of a storage interface must do, as JUnit classes to extend.
@NullMarked
package dev.toolkeep.testkit.contract;

import org.jspecify.annotations.NullMarked;
