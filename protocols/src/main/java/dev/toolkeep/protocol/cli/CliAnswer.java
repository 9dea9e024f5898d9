package dev.toolkeep.protocol.cli;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What a program's end means: its standard output when the exit code is allowed, else a fault. Standard error is the
/// operator's alone (decision 27).
record CliAnswer(CliCall call, int answerBytes, boolean sandboxed) {
    Sent of(int code, byte[] output, byte[] errors) {
        String said = new String(errors, StandardCharsets.UTF_8);
        if (sandboxed && said.startsWith("bwrap: ") && code != 0) {
            String message = "this tool must run in a sandbox and bubblewrap could not build one here;"
                    + " an operator allows unprivileged user namespaces, or reads why in the log";
            return new Sent.Failed(new ToolFault(Kind.UNREACHABLE, message, "", said));
        }
        if (!call.allowedExitCodes().contains(code)) {
            String message = "the tool's program ended with exit code " + code;
            String detail = new String(output, 0, Math.min(output.length, 4000), StandardCharsets.UTF_8);
            return new Sent.Failed(new ToolFault(Kind.UPSTREAM_STATUS, message, detail.strip(), said));
        }
        return new Sent.Answered(answer(output));
    }

    private Answer answer(byte[] output) {
        try {
            return new Answer.Json(StrictJson.parse(output, Bounds.ANSWER.withBytes(answerBytes)), output);
        } catch (Malformed e) {
            // Text, then.
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(output))
                    .toString();
            return new Answer.Text(text.stripTrailing());
        } catch (CharacterCodingException e) {
            return new Answer.Bytes("application/octet-stream", output);
        }
    }
}
