package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `toolkeep rehearse`: a short life on a temporary folder and free ports, for the launcher to make the AOT cache from
/// what it loads.
@Command(name = "rehearse", hidden = true, description = "Makes a short run for the launcher's AOT cache.")
final class RehearseCommand implements Callable<Integer> {
    private final Surroundings around;

    RehearseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws CannotStart, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("toolkeep-rehearsal");
        try (House house = House.start(HouseOptions.at(folder).withPorts(0, 0));
                Rehearsal rehearsal = new Rehearsal(house)) {
            rehearsal.play();
            around.out().println("rehearsed " + rehearsal.requests() + " requests");
        } finally {
            remove(folder);
        }
        return Main.DONE;
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
