/// What is dangerous in a manual, before anybody uses it.
@NullMarked
package dev.toolkeep.lint;

import org.jspecify.annotations.NullMarked;
