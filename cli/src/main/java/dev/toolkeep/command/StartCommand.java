package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `toolkeep start`: gateway and console until the process is told to stop.
@Command(name = "start", description = "Starts gateway and console.", mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private final Surroundings around;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "The gateway's port.")
    private int port = HouseOptions.GATEWAY_PORT;

    @Option(names = "--console-port", paramLabel = "PORT", description = "The console's port.")
    private int consolePort = HouseOptions.CONSOLE_PORT;

    StartCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws CannotStart, InterruptedException {
        House house = House.start(HouseOptions.at(around.data(data)).withPorts(port, consolePort));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            house.close();
            stopped.countDown();
        }));
        around.out().println("gateway  " + house.running().gateway());
        around.out().println("console  " + house.running().console());
        around.out().println("set-up   " + house.setupLink());
        stopped.await();
        return Main.DONE;
    }
}
