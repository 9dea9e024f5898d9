/// One request and its one answer: what every door is handed, and how it says what it has to say.
@NullMarked
package dev.toolkeep.web.exchange;

import org.jspecify.annotations.NullMarked;
