package dev.toolkeep.protocol.net;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.SocketAddress;
import java.util.function.Consumer;

/// A UDP socket for one exchange with one address: what comes from anybody else is dropped unread.
public final class Datagrams {
    private final DatagramSocket socket;
    private final SocketAddress to;
    private final Runnable left;

    /// @param left told when it is closed
    Datagrams(DatagramSocket socket, SocketAddress to, Runnable left) {
        this.socket = socket;
        this.to = to;
        this.left = left;
    }

    /// @param each hears every datagram of the address asked, whole
    public void hear(Consumer<Buffer> each) {
        socket.exceptionHandler(ignored -> {}); // an unreachable port is heard as silence
        socket.handler(packet -> {
            boolean asked = packet.sender().port() == to.port()
                    && packet.sender().hostAddress().equals(to.hostAddress());
            if (asked) {
                each.accept(packet.data());
            }
        });
    }

    public Future<Void> send(Buffer datagram) {
        return socket.send(datagram, to.port(), to.host());
    }

    public void close() {
        left.run();
        socket.close();
    }
}
