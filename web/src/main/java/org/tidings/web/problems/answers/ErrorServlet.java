package org.tidings.web.problems.answers;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tidings.web.pages.PlainPages;
import org.tidings.web.problems.ProblemType;

/** The error page of web.xml: for what never reaches JAX-RS. Asked for directly, it is not there. */
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("serial")
    transient PlainPages plain;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var type = status == null ? ProblemType.NOT_FOUND : ProblemType.ofStatus(status);
        response.setStatus(status == null ? 404 : status);
        byte[] body;
        if (ProblemResponses.forProgram(request)) {
            response.setContentType("application/problem+json; charset=utf-8");
            body = ("{\"type\":\"/problems/" + type.slug() + "\",\"status\":" + response.getStatus()
                            + ",\"correlationId\":\"" + ProblemResponses.correlationId(request) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        } else {
            response.setContentType("text/html; charset=utf-8");
            body = plain.problem(type.slug(), request);
        }
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
    }
}
