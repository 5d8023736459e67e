package org.tidings.web.api;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens;
import org.tidings.site.JdbcTransactions;
import org.tidings.site.Secrets;
import org.tidings.site.TransactionFailed;
import org.tidings.web.access.Visitor;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** Keeps the promise of {@link Idempotent}. */
@Provider
@Idempotent
@Priority(Priorities.AUTHORIZATION + 100)
@ApplicationScoped
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {

    public static final String HEADER = "Idempotency-Key";
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern SECRET = Pattern.compile("\"secret\"\\s*:\\s*\"whsec_[^\"]*\"");
    private static final String CLAIM = "tidings.idempotency";
    /** Of larger content the head and the length tell requests apart. */
    private static final int HASHED_BYTES = 1 << 20;

    private static final int UNDER_WAY_SECONDS = 2;
    /** The request's attribute with its open transaction, for {@link OpenOperations}. */
    static final String OPEN = "tidings.idempotency.open";

    private record Claim(UUID token, String keyHash, JdbcTransactions.Open transaction) {}

    private record Answer(Claim claim, int status, @Nullable String location) {}

    @Inject
    KeptAnswers kept;

    @Inject
    JdbcTransactions transactions;

    @Inject
    Visitor visitor;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !KEY.matcher(key).matches()) {
            throw new Problem(ProblemType.IDEMPOTENCY_KEY_MISSING);
        }
        UUID token = visitor.apiToken()
                .map(ApiTokens.TokenView::id)
                .orElseThrow(() -> new Problem(ProblemType.API_TOKEN_MISSING));
        String keyHash = hash(key.getBytes(StandardCharsets.US_ASCII));
        String requestHash = hashOf(request);
        try {
            kept.forgetOld();
            take(request, token, keyHash, requestHash);
        } catch (SQLException e) {
            throw new Problem(ProblemType.UNAVAILABLE);
        }
    }

    private void take(ContainerRequestContext request, UUID token, String keyHash, String requestHash)
            throws SQLException {
        JdbcTransactions.Open transaction = transactions.open();
        boolean goesOn = false;
        try {
            Optional<KeptAnswers.Kept> before = kept.take(token, keyHash, requestHash);
            if (before.isPresent()) {
                request.abortWith(again(before.get(), requestHash));
            } else {
                request.setProperty(CLAIM, new Claim(token, keyHash, transaction));
                request.setProperty(OPEN, transaction);
                goesOn = true;
            }
        } catch (KeptAnswers.UnderWay e) {
            throw Problem.underWay(UNDER_WAY_SECONDS);
        } finally {
            if (!goesOn) {
                transaction.rollback();
            }
        }
    }

    private static Response again(KeptAnswers.Kept before, String requestHash) {
        if (!before.requestHash().equals(requestHash)) {
            throw new Problem(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        Response.ResponseBuilder answer = Response.status(before.status()).header(REPLAYED, "true");
        if (before.location() != null) {
            answer.header(HttpHeaders.LOCATION, before.location());
        }
        if (before.type() != null) {
            answer.header(HttpHeaders.CONTENT_TYPE, before.type()).entity(before.body());
        }
        return answer.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!(request.getProperty(CLAIM) instanceof Claim claim)) {
            return;
        }
        request.removeProperty(CLAIM);
        if (response.getStatus() >= 400) {
            // What was refused or failed changed nothing, and may be sent again with the same key.
            claim.transaction().rollback();
            return;
        }
        String location = response.getHeaderString(HttpHeaders.LOCATION);
        if (response.hasEntity()) {
            request.setProperty(CLAIM + ".answer", new Answer(claim, response.getStatus(), location));
        } else {
            keep(new Answer(claim, response.getStatus(), location), null, new byte[0]);
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(CLAIM + ".answer") instanceof Answer answer)) {
            context.proceed();
            return;
        }
        OutputStream client = context.getOutputStream();
        var copy = new ByteArrayOutputStream();
        context.setOutputStream(copy);
        context.proceed();
        byte[] body = copy.toByteArray();
        keep(answer, String.valueOf(context.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)), withoutSecret(body));
        client.write(body);
    }

    /** A webhook's secret is shown once and lies nowhere (ADR 46). */
    static byte[] withoutSecret(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String without = SECRET.matcher(text).replaceAll("\"secret\":null");
        return without.equals(text) ? body : without.getBytes(StandardCharsets.UTF_8);
    }

    /** The answer goes out only when it is certain that the operation is done and the answer kept. */
    private void keep(Answer answer, @Nullable String type, byte[] body) throws IOException {
        Claim claim = answer.claim();
        try {
            kept.keep(claim.token(), claim.keyHash(), answer.status(), answer.location(), type, body);
            claim.transaction().commit();
        } catch (SQLException | TransactionFailed e) {
            throw new IOException("the operation was not done", e);
        } finally {
            claim.transaction().rollback();
        }
    }

    private static String hashOf(ContainerRequestContext request) throws IOException {
        InputStream entity = request.getEntityStream();
        byte[] head = entity.readNBytes(HASHED_BYTES);
        request.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(head), entity));
        var hashed = new ByteArrayOutputStream();
        String query =
                Objects.requireNonNullElse(request.getUriInfo().getRequestUri().getRawQuery(), "");
        hashed.writeBytes((request.getMethod() + " " + request.getUriInfo().getPath() + "?" + query + " "
                        + request.getHeaderString(HttpHeaders.CONTENT_LENGTH) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        hashed.writeBytes(head);
        return hash(hashed.toByteArray());
    }

    private static String hash(byte[] bytes) {
        return Secrets.written(Secrets.sha256(bytes));
    }
}
