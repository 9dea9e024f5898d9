/// What is sent to tools that take messages, and what their answers are.
@NullMarked
package dev.toolkeep.protocol.message;

import org.jspecify.annotations.NullMarked;
