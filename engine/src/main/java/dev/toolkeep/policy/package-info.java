/// Rules of who may call what with which arguments; no rule means no.
@NullMarked
package dev.toolkeep.policy;

import org.jspecify.annotations.NullMarked;
