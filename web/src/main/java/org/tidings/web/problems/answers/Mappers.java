package org.tidings.web.problems.answers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.sql.SQLException;
import org.h2.mvstore.MVStoreException;
import org.tidings.site.DatabaseFailures;
import org.tidings.site.TransactionFailed;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Turns whatever a resource threw into a {@link Problem}. */
public final class Mappers {
    private static final System.Logger LOG = System.getLogger("org.tidings.web.problems");
    private static final int DEEPEST_CAUSE = 20;

    private Mappers() {}

    /** What a resource or filter said itself. */
    @Provider
    @ApplicationScoped
    public static class OfProblem implements ExceptionMapper<Problem> {
        @Inject
        ProblemResponses responses;

        @Inject
        HttpServletRequest request;

        @Override
        public Response toResponse(Problem problem) {
            return responses.respond(problem, request);
        }
    }

    /** What JAX-RS says: no such path, method, media type. Redirects and finished answers pass. */
    @Provider
    @ApplicationScoped
    public static class OfJaxRs implements ExceptionMapper<WebApplicationException> {
        @Inject
        ProblemResponses responses;

        @Inject
        HttpServletRequest request;

        @Override
        public Response toResponse(WebApplicationException e) {
            var given = e.getResponse();
            if (given.getStatus() < 400 || given.hasEntity()) {
                return given;
            }
            var type = ProblemType.ofStatus(given.getStatus());
            if (type.status() >= 500) {
                log(e, request);
            }
            var response = Response.fromResponse(responses.respond(new Problem(type), request));
            var allow = given.getHeaderString("Allow");
            return (allow == null ? response : response.header("Allow", allow)).build();
        }
    }

    /** Bean Validation, which {@code ExceptionMapper<Throwable>} does not get. */
    @Provider
    @ApplicationScoped
    public static class OfValidation implements ExceptionMapper<ConstraintViolationException> {
        @Inject
        ProblemResponses responses;

        @Inject
        HttpServletRequest request;

        @Override
        public Response toResponse(ConstraintViolationException e) {
            var violations = e.getConstraintViolations().stream()
                    .map(v -> new Problem.Violation(
                            "/"
                                    + v.getPropertyPath()
                                            .toString()
                                            .replaceFirst("^[^.]*\\.[^.]*\\.?", "")
                                            .replace('.', '/'),
                            "invalid"))
                    .distinct()
                    .toList();
            return responses.respond(new Problem(ProblemType.INVALID, violations), request);
        }
    }

    /** A body that cannot be read: malformed JSON and the like. */
    @Provider
    @ApplicationScoped
    public static class OfReading implements ExceptionMapper<ProcessingException> {
        @Inject
        ProblemResponses responses;

        @Inject
        HttpServletRequest request;

        @Override
        public Response toResponse(ProcessingException e) {
            return responses.respond(new Problem(ProblemType.BAD_REQUEST), request);
        }
    }

    /** Everything else is our fault, or the database's. */
    @Provider
    @ApplicationScoped
    public static class OfEverything implements ExceptionMapper<Throwable> {
        @Inject
        ProblemResponses responses;

        @Inject
        HttpServletRequest request;

        @Override
        public Response toResponse(Throwable e) {
            log(e, request);
            return responses.respond(new Problem(of(e)), request);
        }
    }

    /** Whether the database cannot be reached or something is broken; also finds a problem that a container wrapped. */
    static ProblemType of(Throwable thrown) {
        Throwable cause = thrown;
        boolean inDatabase = false;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem.type();
            }
            inDatabase |= cause instanceof SQLException;
            boolean fileOrNetworkFailed = inDatabase && cause instanceof IOException;
            boolean embeddedStoreFailed = cause instanceof MVStoreException;
            if (fileOrNetworkFailed || embeddedStoreFailed || isUnreachableDatabase(cause)) {
                return ProblemType.UNAVAILABLE;
            }
        }
        return ProblemType.INTERNAL;
    }

    private static boolean isUnreachableDatabase(Throwable cause) {
        if (cause instanceof TransactionFailed failed) {
            return !failed.begun();
        }
        return cause instanceof SQLException failure && DatabaseFailures.isAway(failure);
    }

    /** Class names and the place, never messages: those may hold values. */
    private static void log(Throwable thrown, HttpServletRequest request) {
        var chain = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            chain.append(depth == 0 ? "" : " <- ").append(cause.getClass().getName());
            for (var frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("org.tidings.")) {
                    chain.append(" at ").append(frame);
                    break;
                }
            }
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "request-failed correlation={0} failure={1}",
                ProblemResponses.correlationId(request),
                chain.toString());
    }
}
