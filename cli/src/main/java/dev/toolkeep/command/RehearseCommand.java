package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `toolkeep rehearse`: a short life on a temporary folder, for the launcher to make the AOT cache of.
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    private final Surroundings around;

    RehearseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws CannotStart, IOException {
        try (House house = House.start(
                HouseOptions.at(Files.createTempDirectory("toolkeep-rehearsal")).withPorts(0, 0))) {
            around.out().println(house.running().gateway());
        }
        return Main.DONE;
    }
}
