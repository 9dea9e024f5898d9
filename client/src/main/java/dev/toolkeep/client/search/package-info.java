/// How a client finds tools by words.
@NullMarked
package dev.toolkeep.client.search;

import org.jspecify.annotations.NullMarked;
