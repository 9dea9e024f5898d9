package dev.toolkeep.console;

import dev.toolkeep.console.access.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/// What Tomcat says when a request ended before any route could answer: a problem, never its own page.
final class ProblemValve extends ErrorReportValve {
    ProblemValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (throwable != null) {
            System.getLogger("dev.toolkeep.console")
                    .log(System.Logger.Level.ERROR, "a request failed outside every route", throwable);
        }
        Problem problem = status >= 500
                ? Problem.of(status, "internal_error", "Toolkeep failed inside; see its log", "", "")
                : Problem.of(status, "malformed", "the request cannot be understood", "", "");
        try {
            problem.send(response.getResponse());
        } catch (IOException | IllegalStateException e) {
            // Nobody is there to tell, or the answer has begun.
        }
    }
}
