/// The listener: who may knock, which door a request belongs to, and how the doors open and close.
@NullMarked
package dev.toolkeep.web;

import org.jspecify.annotations.NullMarked;
