package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import dev.toolkeep.testkit.fake.FakeManuals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A whole running Toolkeep on a data folder of its own, and a publisher beside it.
final class Live implements AutoCloseable {
    private final Path folder;
    private final House house;
    private final FakeManuals publisher = FakeManuals.start();

    private Live(Path folder, House house) {
        this.folder = folder;
        this.house = house;
    }

    static Live in(Path folder) {
        try {
            return new Live(
                    folder, House.start(HouseOptions.at(folder.resolve("data")).withPorts(0, 0)));
        } catch (CannotStart e) {
            throw new AssertionError(e);
        }
    }

    House house() {
        return house;
    }

    FakeManuals publisher() {
        return publisher;
    }

    Path data() {
        return house.folder();
    }

    /// A shell that stands in the folder beside the data.
    Shell shell() {
        return new Shell(house.folder(), folder);
    }

    /// Offers these tools and adds the publisher's manual as source `name`; nothing is approved.
    Live source(String name, FakeManuals.Offered... tools) {
        publisher.offer(tools);
        shell().run(
                        "source",
                        "add",
                        name,
                        "utcp",
                        publisher.manualUrl(),
                        "--reach",
                        publisher.server().hostAndPort())
                .done();
        return this;
    }

    /// A file in the folder that the shell stands in.
    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        publisher.close();
        house.close();
    }
}
