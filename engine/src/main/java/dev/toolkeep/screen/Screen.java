package dev.toolkeep.screen;

import dev.toolkeep.policy.Allowance;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.schema.CompiledSchema;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What leaves a tool, checked and cleaned before anyone reads it: its size, the output schema of structured answers,
/// and the secrets opened for the call, which are redacted from answers, faults, lists and progress alike (see
/// [Redaction]).
///
/// What is in order comes back as it went in, the same object and the same bytes. Without secrets nothing is searched.
/// Thread-safe.
@SuppressWarnings("ReferenceEquality") // the same object back means that nothing was found
public final class Screen {
    private static final int MOST_PROBLEMS = 3;
    private static final int QUICK = 16 << 10;

    /// Whether screening this would hold an event loop for long: a large answer that is searched or judged. A megabyte
    /// of escapes takes a fifth of a second to search.
    public boolean takesLong(Sent sent, PermittedCall call, OpenedSecrets secrets) {
        boolean looked = !secrets.isEmpty() || !call.tool().tool().outputs().unconstrained();
        return looked && sent instanceof Sent.Answered(Answer answer) && tooLarge(answer, QUICK);
    }

    /// `secrets` must not be closed yet.
    public Sent clean(Sent sent, PermittedCall call, OpenedSecrets secrets) {
        return clean(sent, call.allowance(), call.tool().tool().outputs(), secrets);
    }

    /// One progress event.
    public JsonNode clean(JsonNode event, OpenedSecrets secrets) {
        return secrets.isEmpty() ? event : new Redaction(secrets.values()).clean(event);
    }

    /// What a server offers: a tool whose definition repeats a secret is left out, for definitions are kept and
    /// shown; faults and the reasons of what was left out are redacted.
    public Listed clean(Listed listed, OpenedSecrets secrets) {
        Redaction redaction = new Redaction(secrets.isEmpty() ? List.of() : secrets.values());
        if (redaction.isEmpty()) {
            return listed;
        }
        return switch (listed) {
            case Listed.Failed(ToolFault fault) -> new Listed.Failed(redaction.clean(fault));
            case Listed.Tools(var offered, var alreadyLeftOut) -> {
                List<ToolDefinition> tools = new ArrayList<>();
                List<LeftOut> leftOut = new ArrayList<>();
                alreadyLeftOut.forEach(
                        one -> leftOut.add(new LeftOut(redaction.clean(one.name()), redaction.clean(one.reason()))));
                for (ToolDefinition tool : offered) {
                    JsonNode said = Definitions.toJson(tool);
                    if (redaction.clean(said) == said) {
                        tools.add(tool);
                    } else {
                        leftOut.add(new LeftOut(
                                redaction.clean(tool.name().name()), "it repeats a secret its server was given"));
                    }
                }
                yield new Listed.Tools(tools, leftOut);
            }
        };
    }

    Sent clean(Sent sent, Allowance allowance, CompiledSchema outputs, OpenedSecrets secrets) {
        Redaction redaction = new Redaction(secrets.isEmpty() ? List.of() : secrets.values());
        return switch (sent) {
            case Sent.Failed(ToolFault fault) -> failed(sent, fault, redaction);
            case Sent.Answered(Answer answer) -> {
                ToolFault fault = fault(answer, allowance, outputs);
                yield fault == null ? answered(sent, answer, redaction) : new Sent.Failed(redaction.clean(fault));
            }
        };
    }

    private static Sent failed(Sent sent, ToolFault fault, Redaction redaction) {
        ToolFault cleaned = redaction.clean(fault);
        return cleaned.equals(fault) ? sent : new Sent.Failed(cleaned);
    }

    private static Sent answered(Sent sent, Answer answer, Redaction redaction) {
        if (redaction.isEmpty()) {
            return sent;
        }
        Answer cleaned = cleaned(answer, redaction);
        return cleaned == answer ? sent : new Sent.Answered(cleaned);
    }

    private static Answer cleaned(Answer answer, Redaction redaction) {
        return switch (answer) {
            case Answer.Json(JsonNode value, byte[] bytes) -> {
                JsonNode clean = redaction.clean(value);
                yield clean == value ? answer : new Answer.Json(clean, Json.bytes(clean));
            }
            case Answer.Text(String text) -> {
                String clean = redaction.clean(text);
                yield clean.equals(text) ? answer : new Answer.Text(clean);
            }
            case Answer.Bytes(String mediaType, byte[] bytes) -> {
                String type = redaction.clean(mediaType);
                byte[] clean = redaction.clean(bytes);
                yield clean == bytes && type.equals(mediaType) ? answer : new Answer.Bytes(type, clean);
            }
            case Answer.Blocks(ArrayNode content, @Nullable JsonNode structured, boolean failed) -> {
                JsonNode clean = redaction.clean(content);
                JsonNode cleanStructured = structured == null ? null : redaction.clean(structured);
                yield clean == content && cleanStructured == structured
                        ? answer
                        : new Answer.Blocks((ArrayNode) clean, cleanStructured, failed);
            }
            case Answer.Asks(ObjectNode requests, String state) -> {
                // The state is the tool's own and goes back to it sealed; no caller reads it.
                JsonNode clean = redaction.clean(requests);
                yield clean == requests ? answer : new Answer.Asks((ObjectNode) clean, state);
            }
        };
    }

    private static @Nullable ToolFault fault(Answer answer, Allowance allowance, CompiledSchema outputs) {
        if (tooLarge(answer, allowance.answerBytes())) {
            return ToolFault.of(
                    ToolFault.Kind.TOO_LARGE,
                    "the tool answered more than the " + allowance.answerBytes() + " bytes allowed");
        }
        if (outputs.unconstrained()) {
            return null;
        }
        return switch (answer) {
            case Answer.Json(JsonNode value, byte[] bytes) -> misfit(value, outputs);
            case Answer.Blocks(ArrayNode content, @Nullable JsonNode structured, boolean failed) -> {
                if (failed) {
                    yield null;
                }
                yield structured == null
                        ? ToolFault.of(
                                ToolFault.Kind.BAD_ANSWER,
                                "the tool declares an output schema and answered no structured content")
                        : misfit(structured, outputs);
            }
            case Answer.Text text -> null;
            case Answer.Bytes bytes -> null;
            case Answer.Asks asks -> null;
        };
    }

    private static @Nullable ToolFault misfit(JsonNode value, CompiledSchema outputs) {
        List<String> problems = outputs.problems(value);
        if (problems.isEmpty()) {
            return null;
        }
        String some = String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
        return ToolFault.of(ToolFault.Kind.BAD_ANSWER, "the tool's answer does not fit its output schema: " + some);
    }

    private static boolean tooLarge(Answer answer, int most) {
        return switch (answer) {
            case Answer.Json(JsonNode value, byte[] bytes) -> bytes.length > most;
            case Answer.Bytes(String mediaType, byte[] bytes) -> bytes.length > most;
            case Answer.Text(String text) -> Size.utf8(text, most) > most;
            case Answer.Asks(ObjectNode requests, String state) -> Size.atLeast(requests, most) > most;
            case Answer.Blocks(ArrayNode content, @Nullable JsonNode structured, boolean failed) ->
                Size.atLeast(content, most) + (structured == null ? 0 : Size.atLeast(structured, most)) > most;
        };
    }
}
