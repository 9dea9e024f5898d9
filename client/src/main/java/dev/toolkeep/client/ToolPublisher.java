package dev.toolkeep.client;

import java.util.concurrent.Flow;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A call made anew for every subscriber, on a virtual thread of its own: `onNext` is never called at the same time as
/// anything else of the same subscription, and never before it was asked for.
final class ToolPublisher implements Flow.Publisher<JsonNode> {
    private final Supplier<ToolStream> calls;

    ToolPublisher(Supplier<ToolStream> calls) {
        this.calls = calls;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super JsonNode> subscriber) {
        Demand demand = new Demand();
        Thread.ofVirtual().name("toolkeep-stream").start(() -> run(subscriber, demand));
    }

    private void run(Flow.Subscriber<? super JsonNode> subscriber, Demand demand) {
        subscriber.onSubscribe(demand);
        ToolStream stream;
        try {
            stream = calls.get();
        } catch (ToolkeepException e) {
            subscriber.onError(e);
            return;
        }
        demand.closes(stream);
        try (stream) {
            while (stream.hasNext()) {
                switch (demand.await()) {
                    case WANTED -> subscriber.onNext(stream.next());
                    case CANCELLED -> {
                        return;
                    }
                    case WRONG -> {
                        subscriber.onError(new IllegalArgumentException("request wants a number above zero"));
                        return;
                    }
                }
            }
            if (!demand.cancelled()) {
                subscriber.onComplete();
            }
        } catch (ToolkeepException e) {
            if (!demand.cancelled()) {
                subscriber.onError(e);
            }
        }
    }
}
