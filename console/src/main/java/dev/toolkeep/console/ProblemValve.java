package dev.toolkeep.console;

import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.console.access.Asked;
import dev.toolkeep.console.access.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/// What Tomcat says when a request ended before any route could answer: a problem, never its own page, and a record.
final class ProblemValve extends ErrorReportValve {
    private final DoorNotes notes;

    ProblemValve(DoorNotes notes) {
        this.notes = notes;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.unread(status);
        if (problem.status() >= 500 && throwable != null) {
            System.getLogger("dev.toolkeep.console")
                    .log(System.Logger.Level.ERROR, "a request failed outside every route", throwable);
        }
        notes.refused(String.valueOf(request.getRemoteAddr()), "", problem.code(), Asked.words(request));
        try {
            problem.send(response.getResponse());
        } catch (IOException | IllegalStateException e) {
            // Nobody is there to tell, or the answer has begun.
        }
    }
}
