/// Who may come in: names it answers under, keys it takes, the set-up link, and how it says no.
@NullMarked
package dev.toolkeep.console.access;

import org.jspecify.annotations.NullMarked;
