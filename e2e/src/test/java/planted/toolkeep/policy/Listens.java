package planted.toolkeep.policy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;

final class Listens {
    Object vertxHttp(Vertx vertx) {
        return vertx.createHttpServer();
    }

    Object vertxNet(Vertx vertx) {
        return vertx.createNetServer();
    }

    ServerSocket socket() throws IOException {
        return new ServerSocket();
    }

    ServerSocketChannel channel() throws IOException {
        return ServerSocketChannel.open();
    }

    HttpServer jdkHttp() throws IOException {
        return HttpServer.create();
    }
}
