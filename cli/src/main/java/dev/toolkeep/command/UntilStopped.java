package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Ends a house well when the process is told to end (SIGTERM, SIGINT), also while the house is still being opened.
final class UntilStopped {
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile @Nullable House house;
    private volatile boolean serving;

    /// How a house is opened.
    interface Opening {
        House open() throws CannotStart;
    }

    private UntilStopped() {}

    static UntilStopped begin() {
        UntilStopped life = new UntilStopped();
        Runtime.getRuntime().addShutdownHook(new Thread(life::end, "toolkeep-stop"));
        return life;
    }

    House start(Opening opening) throws CannotStart {
        try {
            House opened = opening.open();
            house = opened;
            return opened;
        } finally {
            decided.countDown();
        }
    }

    /// Waits for the end of the process.
    void serve() throws InterruptedException {
        serving = true;
        new CountDownLatch(1).await();
    }

    /// Closes the house. A process that served ends with 0: being told to stop, and stopping, is no failure. Any other
    /// ends with the code it has.
    private void end() {
        try {
            decided.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        House opened = house;
        if (opened != null) {
            opened.close();
            if (serving) {
                Runtime.getRuntime().halt(Main.DONE);
            }
        }
    }
}
