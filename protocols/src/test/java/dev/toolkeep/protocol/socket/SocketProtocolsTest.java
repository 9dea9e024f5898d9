package dev.toolkeep.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.Templates;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SocketProtocolsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Egress egress =
            new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults().withConnections(4, 0));
    private final TcpProtocol tcp = new TcpProtocol(vertx, egress);
    private final UdpProtocol udp = new UdpProtocol(vertx, egress);
    private int answerBytes = 100_000;

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void aTcpToolAnswersInEveryFraming() throws Exception {
        String[] framings = {
            "\"framing_strategy\":\"length_prefix\",\"length_prefix_bytes\":2,\"length_prefix_endian\":\"little\"",
            "\"framing_strategy\":\"length_prefix\",\"length_prefix_bytes\":8",
            "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\\\\n\"",
            "\"framing_strategy\":\"delimiter\"",
            "\"framing_strategy\":\"fixed_length\",\"fixed_message_length\":7"
        };
        for (String framing : framings) {
            try (TcpPeer peer = new TcpPeer(TcpPeer::echo)) {
                assertThat(answer(send(peer, framing, "{\"a\":1}"))).isEqualTo("{\"a\":1}");
                Await.opened(peer.left);
            }
        }
        try (TcpPeer peer = new TcpPeer((in, out) -> {
            in.readNBytes(7);
            out.write("until the end".getBytes(StandardCharsets.UTF_8));
        })) {
            assertThat(answer(send(peer, "", "{\"a\":1}"))).isEqualTo("until the end");
        }
    }

    @Test
    void aTemplatePlacesArgumentsAndSecretsAndNothingElse() throws Exception {
        try (TcpPeer peer = new TcpPeer(TcpPeer::echo)) {
            String text = "\"request_data_format\":\"text\",\"request_data_template\":"
                    + "\"SET UTCP_ARG_k_UTCP_ARG ${KEY} UTCP_ARG_n_UTCP_ARG\",\"framing_strategy\":\"delimiter\","
                    + "\"message_delimiter\":\"\\\\r\\\\n\"";
            assertThat(answer(send(peer, text, "{\"k\":\"${KEY}\",\"n\":[1,true]}")))
                    .isEqualTo("SET ${KEY} s3cret [1,true]");
            assertThat(fault(send(peer, text, "{\"k\":\"a\\r\\nFLUSHALL\",\"n\":1}"))
                            .message())
                    .contains("control character");
            String json = "\"request_data_template\":\"{\\\"k\\\": \\\"UTCP_ARG_k_UTCP_ARG\\\", "
                    + "\\\"n\\\": UTCP_ARG_n_UTCP_ARG}\",\"framing_strategy\":\"delimiter\"";
            assertThat(answer(send(peer, json, "{\"k\":\"\\\", \\\"admin\\\": \\\"\",\"n\":[1]}")))
                    .isEqualTo("{\"k\":\"\\\", \\\"admin\\\": \\\"\",\"n\":[1]}");
            String brace = "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"}\"";
            assertThat(fault(send(peer, brace, "{}")).kind()).isEqualTo(Kind.BAD_REQUEST);
        }
    }

    @Test
    void theAnswerIsBytesTextOrJsonAsItsTemplateSays() throws Exception {
        byte[] latin = {'"', (byte) 0xE4, '"'};
        try (TcpPeer peer = new TcpPeer((in, out) -> {
            in.readNBytes(2);
            out.write(latin);
        })) {
            assertThat(fault(send(peer, "", "{}")).kind()).isEqualTo(Kind.BAD_ANSWER);
            assertThat(answer(send(peer, "\"response_byte_format\":\"latin-1\"", "{}")))
                    .isEqualTo("\"\u00e4\"");
            Sent raw = send(peer, "\"response_byte_format\":null", "{}");
            assertThat(((Answer.Bytes) ((Sent.Answered) raw).answer()).bytes()).isEqualTo(latin);
        }
    }

    @Test
    void aServerThatEndsEarlyFloodsLiesOrDawdlesIsAFault() throws Exception {
        String prefixed = "\"framing_strategy\":\"length_prefix\"";
        assertThat(after(prefixed, out -> out.write(new byte[] {0, 0}))).isEqualTo(Kind.UNREACHABLE);
        assertThat(after(prefixed, out -> out.write(new byte[] {0, 0, 0, 9, 'a'})))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(after(prefixed, out -> {
                    out.write(new byte[] {(byte) 0xFF, -1, -1, -1});
                    Thread.currentThread().join();
                }))
                .isEqualTo(Kind.TOO_LARGE);
        for (String endless : List.of("", "\"framing_strategy\":\"delimiter\"")) {
            assertThat(after(endless, out -> {
                        while (true) {
                            out.write(new byte[] {'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'});
                        }
                    }))
                    .isEqualTo(Kind.TOO_LARGE);
        }
        assertThat(after("\"max_response_size\":3", out -> out.write(new byte[] {'a', 'a', 'a', 'a'})))
                .isEqualTo(Kind.TOO_LARGE);
        assertThat(after("\"timeout\":50", out -> {
                    out.write('a');
                    Thread.currentThread().join();
                }))
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aCallerWhoGivesUpClosesTheConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (TcpPeer peer = new TcpPeer((in, out) -> {
            in.readNBytes(2);
            asked.countDown();
            in.readAllBytes();
        })) {
            Withdrawal withdrawal = new Withdrawal();
            CompletableFuture<Sent> sent = start(tcp, peer.template(""), "{}", peer.reach(), withdrawal);
            Await.opened(asked);
            withdrawal.say();
            assertThat(fault(Await.value(sent)).kind()).isEqualTo(Kind.CANCELLED);
            Await.opened(peer.left);
        }
    }

    @Test
    void aSourceHasNoMoreConnectionsThanItMay() throws Exception {
        CountDownLatch full = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        try (TcpPeer peer = new TcpPeer((in, out) -> {
            in.readNBytes(2);
            full.countDown();
            go.await();
            out.write('1');
        })) {
            List<CompletableFuture<Sent>> sent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sent.add(start(tcp, peer.template(""), "{}", peer.reach(), new Withdrawal()));
            }
            Await.opened(full);
            assertThat(fault(send(peer, "", "{}")).message()).contains("too many");
            go.countDown();
            for (CompletableFuture<Sent> one : sent) {
                assertThat(answer(Await.value(one))).isEqualTo("1");
            }
            assertThat(answer(send(peer, "", "{}"))).isEqualTo("1");
        }
    }

    @Test
    void neitherLeavesUnlessGranted() throws Exception {
        try (TcpPeer peer = new TcpPeer(TcpPeer::echo)) {
            for (String host : List.of("127.0.0.1", "localhost", "8.8.8.8", "169.254.169.254", "::1")) {
                for (String type : List.of("tcp", "udp")) {
                    CallTemplate template = template(type, host, peer.port(), "");
                    Protocol protocol = type.equals("tcp") ? tcp : udp;
                    assertThat(fault(Await.value(start(protocol, template, "{}", Reach.PUBLIC, new Withdrawal())))
                                    .kind())
                            .as(type + " " + host)
                            .isEqualTo(Kind.EGRESS_DENIED);
                }
            }
            assertThat(peer.connections).hasValue(0);
        }
    }

    @Test
    void aUdpToolAnswersInAsManyDatagramsAsItsTemplateSays() throws Exception {
        try (UdpPeer peer = new UdpPeer((socket, asked) -> {
            for (int i = 0; i < 3; i++) {
                reply(socket, asked, "part" + i + "x".repeat(20_000));
            }
        })) {
            assertThat(answer(send(peer, "\"number_of_response_datagrams\":3", "{}")))
                    .hasSize(60_015)
                    .startsWith("part0x")
                    .contains("xpart2x");
            assertThat(answer(send(peer, "", "{\"a\":1}"))).startsWith("part0");
            assertThat(peer.heard).contains("{\"a\":1}");
            assertThat(answer(send(peer, "\"number_of_response_datagrams\":0", "{\"fire\":1}")))
                    .isEmpty();
            Await.opened(peer.third);
            assertThat(peer.heard).contains("{\"fire\":1}");
        }
    }

    @Test
    void datagramsOfOthersAreDroppedAndSilenceAndFloodsAreFaults() throws Exception {
        try (UdpPeer peer = new UdpPeer((socket, asked) -> {
            try (DatagramSocket other = new DatagramSocket()) {
                reply(other, asked, "forged");
            }
            reply(socket, asked, "true");
        })) {
            assertThat(answer(send(peer, "", "{}"))).isEqualTo("true");
        }
        try (UdpPeer peer = new UdpPeer((socket, asked) -> reply(socket, asked, "1"))) {
            assertThat(fault(send(peer, "\"number_of_response_datagrams\":2,\"timeout\":50", "{}"))
                            .kind())
                    .isEqualTo(Kind.TIMED_OUT);
        }
        try (UdpPeer peer = new UdpPeer((socket, asked) -> {
            for (int i = 0; i < 3; i++) {
                reply(socket, asked, "x".repeat(1_000));
            }
        })) {
            answerBytes = 2_000;
            assertThat(fault(send(peer, "\"number_of_response_datagrams\":1000", "{}"))
                            .kind())
                    .isEqualTo(Kind.TOO_LARGE);
            assertThat(fault(send(peer, "", "{\"a\":\"" + "x".repeat(65_500) + "\"}"))
                            .kind())
                    .isEqualTo(Kind.BAD_REQUEST);
        }
    }

    /// What a server does after it was asked `{}`.
    private interface Deed {
        void doIt(OutputStream out) throws Exception;
    }

    private Kind after(String more, Deed deed) throws Exception {
        try (TcpPeer peer = new TcpPeer((in, out) -> {
            in.readNBytes(more.contains("length") ? 6 : 2);
            deed.doIt(out);
        })) {
            return fault(send(peer, more, "{}")).kind();
        }
    }

    private static void reply(DatagramSocket socket, DatagramPacket to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private Sent send(TcpPeer peer, String more, String arguments) throws Exception {
        return Await.value(start(tcp, peer.template(more), arguments, peer.reach(), new Withdrawal()));
    }

    private Sent send(UdpPeer peer, String more, String arguments) throws Exception {
        Reach reach = new Reach(Set.of("127.0.0.1:" + peer.socket.getLocalPort()));
        CallTemplate template = template("udp", "127.0.0.1", peer.socket.getLocalPort(), more);
        return Await.value(start(udp, template, arguments, reach, new Withdrawal()));
    }

    private static CallTemplate template(String type, String host, int port, String more) throws Exception {
        return Templates.fromJson(object("{\"call_template_type\":\"" + type + "\",\"host\":\"" + host + "\",\"port\":"
                + port + (more.isEmpty() ? "" : ",") + more + "}"));
    }

    private static ObjectNode object(String json) throws Exception {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
    }

    private CompletableFuture<Sent> start(
            Protocol protocol, CallTemplate template, String arguments, Reach reach, Withdrawal withdrawal)
            throws Exception {
        Secrets secrets = name -> name.equals("KEY") ? "s3cret" : null;
        return protocol.send(new Dispatch(
                        "source",
                        template,
                        object(arguments),
                        secrets,
                        reach,
                        Duration.ofSeconds(15),
                        answerBytes,
                        "call",
                        "",
                        Runnable::run,
                        Progress.ignored(),
                        withdrawal))
                .toCompletableFuture();
    }

    private static String answer(Sent sent) {
        assertThat(sent).as(sent.toString()).isInstanceOf(Sent.Answered.class);
        return switch (((Sent.Answered) sent).answer()) {
            case Answer.Json json -> new String(json.bytes(), StandardCharsets.UTF_8);
            case Answer.Text text -> text.text();
            default -> throw new AssertionError(sent.toString());
        };
    }

    private static ToolFault fault(Sent sent) {
        assertThat(sent).as(sent.toString()).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }

    private interface TcpScript {
        void talk(InputStream in, OutputStream out) throws Exception;
    }

    /// A TCP server of the JDK's own sockets.
    private static final class TcpPeer implements AutoCloseable {
        final CountDownLatch left = new CountDownLatch(1);
        final AtomicInteger connections = new AtomicInteger();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        TcpPeer(TcpScript script) throws IOException {
            Thread.ofVirtual().start(() -> accept(script));
        }

        static void echo(InputStream in, OutputStream out) throws IOException {
            in.transferTo(out);
        }

        private void accept(TcpScript script) {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket, script));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket socket, TcpScript script) {
            try (socket) {
                script.talk(socket.getInputStream(), socket.getOutputStream());
            } catch (Exception e) {
                // the client left, or the test is over
            } finally {
                left.countDown();
            }
        }

        int port() {
            return server.getLocalPort();
        }

        Reach reach() {
            return new Reach(Set.of("127.0.0.1:" + port()));
        }

        CallTemplate template(String more) throws Exception {
            return SocketProtocolsTest.template("tcp", "127.0.0.1", port(), more);
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private interface UdpScript {
        void answer(DatagramSocket socket, DatagramPacket asked) throws IOException;
    }

    /// A UDP server of the JDK's own sockets.
    private static final class UdpPeer implements AutoCloseable {
        final DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        final List<String> heard = new CopyOnWriteArrayList<>();
        final CountDownLatch third = new CountDownLatch(3);

        UdpPeer(UdpScript script) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        DatagramPacket asked = new DatagramPacket(new byte[65_535], 65_535);
                        socket.receive(asked);
                        heard.add(new String(asked.getData(), 0, asked.getLength(), StandardCharsets.UTF_8));
                        third.countDown();
                        script.answer(socket, asked);
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
