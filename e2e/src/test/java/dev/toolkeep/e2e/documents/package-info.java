/// What the documents say, held to the code.
@NullMarked
package dev.toolkeep.e2e.documents;

import org.jspecify.annotations.NullMarked;
