package dev.toolkeep.web;

import dev.toolkeep.call.DoorRefusal;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.House;
import io.vertx.core.Context;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One event loop and what its exchanges share. Made on the loop itself.
final class Loop implements House, Executor {
    private static final Logger LOG = System.getLogger(Loop.class.getName());

    private final Thread thread = Thread.currentThread();
    private final Context context;
    private final Gateway gateway;
    private final Hosts hosts;
    private final DoorOptions options;

    Loop(Context context, Gateway gateway, Hosts hosts, DoorOptions options) {
        this.context = context;
        this.gateway = gateway;
        this.hosts = hosts;
        this.options = options;
    }

    @Override
    public void execute(Runnable step) {
        if (thread.equals(Thread.currentThread())) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }

    @Override
    public Executor home() {
        return this;
    }

    @Override
    public int bodyBytes() {
        return options.bodyBytes();
    }

    @Override
    public Duration bodyPatience() {
        return options.patience().body();
    }

    @Override
    public String origin(@Nullable String host) {
        return hosts.origin(host);
    }

    @Override
    public void turnedAway(Exchange exchange, String code, String detail) {
        gateway.refusedAtDoor(new DoorRefusal(
                FrontDoor.door(exchange.target().path()),
                exchange.id(),
                exchange.address(),
                exchange.callerId(),
                code,
                detail));
    }

    @Override
    public void broke(String callId, Throwable bug) {
        LOG.log(Level.ERROR, "call " + callId + " met a bug", bug);
    }
}
