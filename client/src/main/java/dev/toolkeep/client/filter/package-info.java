/// What is done with answers before a program sees them: UTCP's post-processing.
@NullMarked
package dev.toolkeep.client.filter;

import org.jspecify.annotations.NullMarked;
