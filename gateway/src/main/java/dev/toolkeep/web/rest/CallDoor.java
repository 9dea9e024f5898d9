package dev.toolkeep.web.rest;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.ToolCall;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.web.exchange.Answers;
import dev.toolkeep.web.exchange.ContentType;
import dev.toolkeep.web.exchange.EventStream;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.Target;
import dev.toolkeep.web.exchange.Trace;
import dev.toolkeep.web.exchange.TurnedAway;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/call/{tool}` (`toolset`: the tool is named as that toolset lists it): the body is the arguments, the
/// answer is the tool's own.
///
/// JSON is passed on byte for byte, text as `text/plain`, other bytes under their own media type as an attachment. An
/// MCP result is always `{content, structuredContent?, isError}` with status 200: the tool answered, and whether it
/// says it failed is part of the answer. Refusals and faults are problems.
public final class CallDoor {
    private static final String PREFIX = "/v1/call/";
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

    private final Gateway gateway;
    private final Bounds bounds;

    public CallDoor(Gateway gateway, Bounds bounds) {
        this.gateway = gateway;
        this.bounds = bounds;
    }

    public List<Route> routes() {
        return List.of(new Route(HttpMethod.POST, PREFIX + "{tool}", Route.Access.CALLER, Door.REST, this::knock));
    }

    private void knock(Exchange exchange) throws TurnedAway {
        String tool = Target.decode(exchange.target().path().substring(PREFIX.length()));
        exchange.within(exchange.target().query().getOrDefault("toolset", ""));
        boolean typed = exchange.header(HttpHeaders.CONTENT_TYPE) != null;
        if (typed) {
            ContentType.requireJson(exchange);
        }
        exchange.body(body -> {
            if (body.length > 0 && !typed) {
                ContentType.requireJson(exchange);
            }
            call(exchange, tool, body);
        });
    }

    private void call(Exchange exchange, String tool, byte[] body) throws TurnedAway {
        EventStream events = new EventStream(exchange);
        boolean streamed = ContentType.takesEvents(exchange.header(HttpHeaders.ACCEPT));
        Withdrawal withdrawal = new Withdrawal();
        exchange.onGone(withdrawal::say);
        ToolCall call = new ToolCall(
                exchange.id(),
                exchange.who(),
                Door.REST,
                List.of(),
                exchange.toolset(),
                tool,
                arguments(body),
                body,
                exchange.address(),
                Trace.parent(exchange.header("traceparent")),
                withdrawal,
                exchange.home(),
                streamed ? event -> events.say("progress", Json.bytes(event)) : Progress.ignored());
        var _ = gateway.call(call).whenComplete((outcome, bug) -> {
            if (bug != null) {
                exchange.broke(bug);
            } else if (streamed) {
                exchange.guarded(() -> streamed(exchange, events, outcome));
            } else {
                exchange.guarded(() -> answered(exchange, outcome));
            }
        });
    }

    private ObjectNode arguments(byte[] body) throws TurnedAway {
        if (body.length == 0) {
            return Json.object();
        }
        try {
            return StrictJson.object(body, bounds);
        } catch (Malformed malformed) {
            throw TurnedAway.with(Problem.malformed("json", String.valueOf(malformed.getMessage())));
        }
    }

    private static void answered(Exchange exchange, CallOutcome outcome) {
        switch (outcome) {
            case CallOutcome.Answered(Answer answer) -> answer(exchange, answer);
            case CallOutcome.NotAllowed(var refusal) -> exchange.problem(Problem.of(refusal));
            case CallOutcome.Failed(var fault) -> exchange.problem(Problem.of(fault));
        }
    }

    private static void answer(Exchange exchange, Answer answer) {
        switch (answer) {
            case Answer.Json json -> exchange.send(200, Exchange.JSON, JsonBytes.wrap(json.bytes()));
            case Answer.Text text ->
                exchange.send(200, TEXT, JsonBytes.wrap(text.text().getBytes(StandardCharsets.UTF_8)));
            case Answer.Bytes bytes -> {
                exchange.response().putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment");
                exchange.send(200, mediaType(bytes.mediaType()), JsonBytes.wrap(bytes.bytes()));
            }
            case Answer.Blocks blocks -> exchange.json(200, Answers.blocks(blocks));
            case Answer.Asks asks -> exchange.send(200, Exchange.JSON, JsonBytes.wrap(Answers.json(asks)));
        }
    }

    /// What fails before anything was said has its own status; afterwards it is the event `error`.
    private static void streamed(Exchange exchange, EventStream events, CallOutcome outcome) {
        if (events.dropped() > 0) {
            events.insist(
                    "dropped",
                    new JsonBytes(64)
                            .ascii7("{\"events\":")
                            .number(events.dropped())
                            .ascii7("}")
                            .bytes());
        }
        switch (outcome) {
            case CallOutcome.Answered(Answer answer) -> events.finish("result", Answers.json(answer));
            case CallOutcome.NotAllowed(var refusal) -> failed(exchange, events, Problem.of(refusal));
            case CallOutcome.Failed(var fault) -> failed(exchange, events, Problem.of(fault));
        }
    }

    private static void failed(Exchange exchange, EventStream events, Problem problem) {
        if (events.begun()) {
            events.finish("error", problem.bytes(exchange.id()));
        } else {
            exchange.problem(problem);
        }
    }

    /// A tool's own word goes into a header only when it is a plain media type.
    private static String mediaType(String said) {
        boolean plain = !said.isEmpty()
                && said.length() <= 200
                && said.indexOf('/') > 0
                && said.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return plain ? said : "application/octet-stream";
    }
}
