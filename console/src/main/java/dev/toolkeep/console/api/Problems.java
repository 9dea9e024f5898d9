package dev.toolkeep.console.api;

import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.console.access.Access;
import dev.toolkeep.console.access.Asked;
import dev.toolkeep.console.access.Problem;
import dev.toolkeep.refusal.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
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

    @ExceptionHandler
    ResponseEntity<Problem> garbled(InvalidParameterException garbled, HttpServletRequest request) {
        return answer(Problem.malformed("the query cannot be read"), new HttpHeaders(), request);
    }

    /// The connection is gone; there is nobody to tell.
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone() {}

    @ExceptionHandler
    ResponseEntity<Problem> anything(Exception any, HttpServletRequest request) {
        if (any instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            int status = known.getStatusCode().value();
            return answer(Problem.refused(status), known.getHeaders(), request);
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
}
