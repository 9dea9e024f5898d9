/// The tamper-evident log: durable before the act and before the answer.
@NullMarked
package dev.toolkeep.journal;

import org.jspecify.annotations.NullMarked;
