/// What holds of every class and file of the project.
@NullMarked
package dev.toolkeep.e2e.architecture;

import org.jspecify.annotations.NullMarked;
