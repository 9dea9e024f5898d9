package planted.toolkeep.web;

import io.netty.bootstrap.Bootstrap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import javax.net.SocketFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// Every way out there is.
final class PhonesHome {
    Object vertxHttp(Vertx vertx) {
        return vertx.createHttpClient();
    }

    Object vertxBuilder(Vertx vertx) {
        return vertx.httpClientBuilder();
    }

    Object vertxNet(Vertx vertx) {
        return vertx.createNetClient();
    }

    Object vertxWebSocket(Vertx vertx) {
        return vertx.createWebSocketClient();
    }

    Object vertxDatagram(Vertx vertx) {
        return vertx.createDatagramSocket();
    }

    Object vertxDns(Vertx vertx) {
        return vertx.createDnsClient();
    }

    Function<Vertx, HttpClient> byName() {
        return Vertx::createHttpClient;
    }

    Object jdkHttp() {
        return java.net.http.HttpClient.newHttpClient();
    }

    URLConnection url(URI uri) throws IOException {
        return uri.toURL().openConnection();
    }

    InputStream urlStream(URI uri) throws IOException {
        return uri.toURL().openStream();
    }

    Socket socket() {
        return new Socket();
    }

    Socket factory() throws IOException {
        return SocketFactory.getDefault().createSocket();
    }

    DatagramSocket datagram() throws IOException {
        return new DatagramSocket();
    }

    SocketChannel channel() throws IOException {
        return SocketChannel.open();
    }

    AsynchronousSocketChannel asynchronousChannel() throws IOException {
        return AsynchronousSocketChannel.open();
    }

    DatagramChannel datagramChannel() throws IOException {
        return DatagramChannel.open();
    }

    InetAddress[] name() throws IOException {
        return InetAddress.getAllByName("localhost");
    }

    Object netty() {
        return new Bootstrap();
    }

    Object springTemplate() {
        return new RestTemplate();
    }

    Object springClient() {
        return RestClient.create();
    }
}
