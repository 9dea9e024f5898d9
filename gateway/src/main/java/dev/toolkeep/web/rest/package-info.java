/// The REST door: `/v1/call/{tool}`, `/v1/tools`, `/v1/tools/search`.
@NullMarked
package dev.toolkeep.web.rest;

import org.jspecify.annotations.NullMarked;
