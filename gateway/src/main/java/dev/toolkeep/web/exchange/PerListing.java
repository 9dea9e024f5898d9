package dev.toolkeep.web.exchange;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.call.Listing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Things made once from one caller's listing: rendered pages, indexes. Kept within a weight, never shared between
/// callers, and gone as soon as the listing's tag is another. Making happens off the event loop. Thread-safe.
public final class PerListing<V> {
    private record Key(String caller, String tag, String what) {}

    private final AsyncCache<Key, V> made;

    /// @param weight the most all kept things may weigh together
    /// @param maker runs what makes things
    public PerListing(long weight, ToIntFunction<V> weigher, Executor maker) {
        made = Caffeine.newBuilder()
                .maximumWeight(weight)
                .weigher((Key _, V value) -> weigher.applyAsInt(value))
                .executor(maker)
                .buildAsync();
    }

    /// Hands over the thing called `what`, at once when it is there, else on the exchange's event loop once it is made.
    public void use(Exchange exchange, Listing listing, String what, Function<Listing, V> make, Consumer<V> then) {
        Key key = new Key(exchange.who().caller().id(), listing.tag(), what);
        CompletableFuture<V> value = made.get(key, _ -> make.apply(listing));
        if (value.isDone() && !value.isCompletedExceptionally()) {
            exchange.guarded(() -> then.accept(value.join()));
        } else {
            var _ = value.whenCompleteAsync(
                    (it, bug) -> {
                        if (bug != null) {
                            exchange.broke(bug);
                        } else {
                            exchange.guarded(() -> then.accept(it));
                        }
                    },
                    exchange.home());
        }
    }
}
