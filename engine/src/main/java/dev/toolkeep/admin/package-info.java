/// What an operator may change; every change is journalled, stored and published to the snapshot.
@NullMarked
package dev.toolkeep.admin;

import org.jspecify.annotations.NullMarked;
