package planted.toolkeep.console;

import io.vertx.core.Vertx;

record VertxPage(Vertx vertx) {}
