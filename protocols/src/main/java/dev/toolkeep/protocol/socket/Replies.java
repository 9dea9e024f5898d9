package dev.toolkeep.protocol.socket;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.message.Decoding;
import dev.toolkeep.tool.SocketCall;
import dev.toolkeep.wire.Malformed;
import java.nio.charset.Charset;

/// What the bytes of an answer are: bytes where the template names no character set, else JSON or text.
final class Replies {
    private Replies() {}

    static Sent read(byte[] bytes, SocketCall call, Dispatch dispatch) {
        if (call.charset().isEmpty()) {
            return new Sent.Answered(Decoding.raw(bytes));
        }
        if (bytes.length == 0) {
            return new Sent.Answered(new Answer.Text(""));
        }
        try {
            return new Sent.Answered(Decoding.any(bytes, Charset.forName(call.charset()), dispatch.answerBytes()));
        } catch (Malformed malformed) {
            return Decoding.bad(malformed);
        }
    }
}
