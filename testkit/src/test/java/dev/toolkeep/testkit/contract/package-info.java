/// The in-memory storages pass the contracts.
@NullMarked
package dev.toolkeep.testkit.contract;

import org.jspecify.annotations.NullMarked;
