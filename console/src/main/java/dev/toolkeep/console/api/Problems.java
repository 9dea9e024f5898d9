package dev.toolkeep.console.api;

import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.console.access.Access;
import dev.toolkeep.console.access.Asked;
import dev.toolkeep.console.access.Problem;
import dev.toolkeep.refusal.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Renders everything that is no answer as an RFC 9457 problem, and notes it. Nothing of an exception but what was
/// written for the operator's eyes gets out.
@RestControllerAdvice
public class Problems {
    private static final System.Logger LOG = System.getLogger("dev.toolkeep.console");

    private final DoorNotes notes;

    public Problems(DoorNotes notes) {
        this.notes = notes;
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(Refused refused, HttpServletRequest request) {
        return answer(Problem.of(refused.why()), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unfit(Unfit unfit, HttpServletRequest request) {
        return answer(unfit.problem(), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongType(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return answer(Problem.malformed(wrong.getName() + " is not what it must be"), new HttpHeaders(), request);
    }

    /// The connection is gone; there is nobody to tell.
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {}

    @ExceptionHandler
    ResponseEntity<Problem> anything(Exception any, HttpServletRequest request) {
        if (any instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            int status = known.getStatusCode().value();
            return answer(Problem.of(status, code(status), detail(status), "", ""), known.getHeaders(), request);
        }
        if (any instanceof org.springframework.http.converter.HttpMessageNotReadableException) {
            return answer(Problem.malformed("the body is missing or cannot be read"), new HttpHeaders(), request);
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(System.Logger.Level.ERROR, "incident " + incident + " at " + Asked.words(request), any);
        return answer(Problem.ours(incident), new HttpHeaders(), request);
    }

    private ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers, HttpServletRequest request) {
        notes.refused(request.getRemoteAddr(), Access.callerId(), problem.code(), Asked.words(request));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status());
        headers.forEach((name, values) -> answer.header(name, values.toArray(String[]::new)));
        return answer.contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE)).body(problem);
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "request_too_large";
            case 415 -> "unsupported_media_type";
            default -> "malformed";
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "there is no such route; see /openapi.json";
            case 405 -> "this route does not know that method; see /openapi.json";
            case 406 -> "this route answers application/json";
            case 413 -> "the body is too large";
            case 415 -> "a body is sent as Content-Type: application/json";
            default -> "the request lacks something its route needs; see /openapi.json";
        };
    }
}
