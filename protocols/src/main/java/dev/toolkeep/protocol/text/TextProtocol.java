package dev.toolkeep.protocol.text;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers with the template's own content, unchanged: placeholders in it are text and are never filled in.
public final class TextProtocol implements Protocol {
    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        return CompletableFuture.completedFuture(answer(dispatch));
    }

    private static Sent answer(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Text template)) {
            return new Sent.Failed(ToolFault.of(ToolFault.Kind.OURS, "not a text tool"));
        }
        int size = template.content().getBytes(StandardCharsets.UTF_8).length;
        return size > dispatch.answerBytes()
                ? new Sent.Failed(
                        ToolFault.of(ToolFault.Kind.TOO_LARGE, "the tool's text is larger than this call may return"))
                : new Sent.Answered(new Answer.Text(template.content()));
    }
}
