package dev.toolkeep.client;

import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.ToolFault;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a streaming tool says, piece by piece; of any other tool its one answer. [#hasNext] waits for the next piece
/// and
/// throws what the call threw. What waits here is never more than the call may answer. Closing it ends the call. For
/// one thread at a time.
public final class ToolStream implements Iterator<JsonNode>, AutoCloseable {
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Withdrawal withdrawal;
    private final UnaryOperator<JsonNode> filter;
    private @Nullable Piece next;

    private sealed interface Piece {
        record Value(JsonNode json) implements Piece {}

        record End() implements Piece {}

        record Broken(ToolkeepException why) implements Piece {}
    }

    /// @param filter what is done with each piece, on the thread that takes it
    ToolStream(Withdrawal withdrawal, UnaryOperator<JsonNode> filter) {
        this.withdrawal = withdrawal;
        this.filter = filter;
    }

    void say(JsonNode value) {
        pieces.add(new Piece.Value(value));
    }

    void end() {
        pieces.add(new Piece.End());
    }

    void broke(ToolkeepException why) {
        pieces.add(new Piece.Broken(why));
    }

    @Override
    public boolean hasNext() {
        Piece piece = next;
        if (piece == null) {
            piece = take();
            next = piece;
        }
        return switch (piece) {
            case Piece.Value _ -> true;
            case Piece.End _ -> false;
            case Piece.Broken(ToolkeepException why) -> throw why;
        };
    }

    @Override
    public JsonNode next() {
        if (hasNext() && next instanceof Piece.Value(JsonNode json)) {
            next = null;
            return filter.apply(json);
        }
        throw new NoSuchElementException("the stream has ended");
    }

    /// Ends the call if it is still under way; whoever waits in [#hasNext] hears that it was cancelled.
    @Override
    public void close() {
        withdrawal.say();
    }

    private Piece take() {
        try {
            return pieces.take();
        } catch (InterruptedException e) {
            withdrawal.say();
            Thread.currentThread().interrupt();
            return new Piece.Broken(new CallFailed(ToolFault.withdrawn(true)));
        }
    }
}
