package dev.toolkeep.protocol.oauth;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.ToolFault;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The access token of one call: had before the request is sent, and once more when the tool's server answers that it
/// does not hold. What was had is told to the call's [Secrets], so that no answer repeats it. Belongs to one call, on
/// one Vert.x context.
public final class Bearer {
    private static final String HEADER = "Authorization";

    private final Tokens tokens;
    private final Wanted.Filling filling;
    private final Consumer<String> learned;
    private String last = "";
    private boolean renewed;

    /// @param learned is told every token that was had
    public Bearer(Tokens tokens, Wanted.Filling filling, Consumer<String> learned) {
        this.tokens = tokens;
        this.filling = filling;
        this.learned = learned;
    }

    /// Null when calls prove themselves in another way.
    public static @Nullable Bearer of(Tokens tokens, Auth auth, String source, Secrets secrets, Reach reach) {
        return auth instanceof Auth.OAuth2 asked
                ? new Bearer(tokens, Wanted.fill(asked, source, secrets, reach), secrets::learned)
                : null;
    }

    /// Hands over a header's name and value, or what broke, on the current context: at once when a token is at hand.
    public void prove(Vertx vertx, Header then, Consumer<ToolFault> otherwise) {
        switch (filling) {
            case Wanted.Filling.Unusable(ToolFault fault) -> otherwise.accept(fault);
            case Wanted.Filling.Filled(Wanted wanted) -> {
                var token = tokens.token(wanted);
                if (token.isDone()) {
                    use(token.join(), then, otherwise);
                } else {
                    Context context = vertx.getOrCreateContext();
                    var _ = token.thenAccept(granted -> context.runOnContext(back -> use(granted, then, otherwise)));
                }
            }
        }
    }

    /// Whether a request that was answered with 401 may be sent once more, with a new token. True once.
    public boolean renew() {
        if (renewed || !(filling instanceof Wanted.Filling.Filled(Wanted wanted))) {
            return false;
        }
        renewed = true;
        tokens.rejected(wanted, last);
        return true;
    }

    private void use(Granted granted, Header then, Consumer<ToolFault> otherwise) {
        switch (granted) {
            case Granted.Failed(ToolFault fault) -> otherwise.accept(fault);
            case Granted.Token(String value, var life) -> {
                last = value;
                learned.accept(value);
                then.take(HEADER, "Bearer " + value);
            }
        }
    }

    /// Takes the header that proves a call.
    @FunctionalInterface
    public interface Header {
        void take(String name, String value);
    }
}
