package dev.toolkeep.protocol.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Our frames against Netty's codec of the same standard.
class WebSocketFramesTest {
    private static final int[] LENGTHS = {0, 1, 124, 125, 126, 127, 65_535, 65_536, 70_000};

    private static final class Heard implements WebSocketReader.Listener {
        final List<String> lines = new ArrayList<>();

        @Override
        public void message(boolean text, byte[] bytes) {
            lines.add((text ? "text " : "binary ") + Arrays.hashCode(bytes) + " " + bytes.length);
        }

        @Override
        public void ping(byte[] bytes) {
            lines.add("ping " + bytes.length);
        }

        @Override
        public void pong() {
            lines.add("pong");
        }

        @Override
        public void close(int code, String reason) {
            lines.add("close " + code + " " + reason);
        }
    }

    @Test
    void whatNettyWritesIsReadInAnyPieces() throws Malformed {
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            List<String> meant = new ArrayList<>();
            EmbeddedChannel netty = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
            for (int i = 0; i < 5; i++) {
                write(netty, random, meant);
            }
            netty.writeOutbound(new CloseWebSocketFrame(1001, "bye"));
            meant.add("close 1001 bye");
            byte[] bytes = outbound(netty);
            Heard heard = new Heard();
            WebSocketReader reader = new WebSocketReader(70_000, heard);
            int at = 0;
            while (at < bytes.length) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(round % 2 == 0 ? 3 : 50_000));
                reader.take(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            assertThat(heard.lines).isEqualTo(meant);
        }
    }

    private static void write(EmbeddedChannel netty, Random random, List<String> meant) {
        byte[] bytes = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
        random.nextBytes(bytes);
        switch (random.nextInt(4)) {
            case 0 -> {
                netty.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
                meant.add("binary " + Arrays.hashCode(bytes) + " " + bytes.length);
            }
            case 1 -> {
                int cut = random.nextInt(bytes.length + 1);
                netty.writeOutbound(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(bytes, 0, cut)));
                netty.writeOutbound(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[7])));
                netty.writeOutbound(new ContinuationWebSocketFrame(
                        true, 0, Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut)));
                meant.add("ping 7");
                meant.add("text " + Arrays.hashCode(bytes) + " " + bytes.length);
            }
            case 2 -> {
                netty.writeOutbound(new PongWebSocketFrame());
                meant.add("pong");
            }
            default -> {
                netty.writeOutbound(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[125])));
                meant.add("ping 125");
            }
        }
    }

    @Test
    void nettyReadsWhatIsWritten() {
        WebSocketWriter writer = new WebSocketWriter(new SecureRandom());
        for (int length : LENGTHS) {
            byte[] text = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
            TextWebSocketFrame frame = (TextWebSocketFrame) read(writer.text(text));
            assertThat(frame.text()).hasSize(length).matches("x*");
            assertThat(frame.isFinalFragment()).isTrue();
        }
        assertThat(read(writer.ping())).isInstanceOf(PingWebSocketFrame.class);
        assertThat(read(writer.pong(new byte[125])).content().readableBytes()).isEqualTo(125);
        assertThat(((CloseWebSocketFrame) read(writer.close(1009))).statusCode())
                .isEqualTo(1009);
    }

    @Test
    void noTwoFramesHaveTheSameMask() {
        WebSocketWriter writer = new WebSocketWriter(new SecureRandom());
        byte[] message = "the same".getBytes(StandardCharsets.US_ASCII);
        assertThat(writer.text(message)).isNotEqualTo(writer.text(message));
    }

    @Test
    void anyBytesAreReadOrRefusedAndNeverKeptBeyondTheBound() {
        Random random = new Random(13);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            bytes = MessageFramingTest.join(
                    new byte[] {(byte) (0x80 | random.nextInt(11)), (byte) random.nextInt(128)}, bytes);
            Heard heard = new Heard();
            WebSocketReader reader = new WebSocketReader(50, heard);
            try {
                for (byte[] piece : MessageFramingTest.pieces(bytes, random)) {
                    reader.take(piece);
                }
            } catch (Malformed refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
            for (String line : heard.lines) {
                if (line.startsWith("text") || line.startsWith("binary")) {
                    assertThat(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                            .isLessThanOrEqualTo(50);
                }
            }
        }
    }

    private static WebSocketFrame read(byte[] bytes) {
        EmbeddedChannel netty = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .maxFramePayloadLength(100_000)
                .build()));
        netty.writeInbound(Unpooled.wrappedBuffer(bytes));
        WebSocketFrame frame = netty.readInbound();
        WebSocketFrame kept = frame.replace(Unpooled.copiedBuffer(frame.content()));
        frame.release();
        netty.finishAndReleaseAll();
        return kept;
    }

    private static byte[] outbound(EmbeddedChannel netty) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuf next = netty.readOutbound(); next != null; next = netty.readOutbound()) {
            byte[] part = new byte[next.readableBytes()];
            next.readBytes(part);
            next.release();
            bytes.writeBytes(part);
        }
        netty.finishAndReleaseAll();
        return bytes.toByteArray();
    }
}
