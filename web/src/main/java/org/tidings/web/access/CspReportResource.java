package org.tidings.web.access;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Hears from browsers that something on a page broke the policy. Logs which rule, never an address, and not every time. */
@Path("/csp-reports")
public class CspReportResource {
    private static final System.Logger LOG = System.getLogger(CspReportResource.class.getName());
    private static final int LARGEST_REPORT_BYTES = 16 * 1024;
    private static final Pattern RULE = Pattern.compile(
            "\"(?:effectiveDirective|effective-directive|violated-directive)\"\\s*:\\s*\"([a-z-]{1,40})");
    private static final AtomicLong HEARD = new AtomicLong();

    @POST
    @Public
    @OpenToOtherSites(because = "browsers send it without cookies, and all it does is count")
    public Response hear(InputStream body) throws IOException {
        var report = new String(body.readNBytes(LARGEST_REPORT_BYTES), StandardCharsets.UTF_8);
        var rule = RULE.matcher(report);
        long number = HEARD.incrementAndGet();
        // The first ones, then ever fewer: whoever wants to fill the log has to try hard.
        if (rule.find() && (number <= 20 || Long.bitCount(number) == 1)) {
            LOG.log(System.Logger.Level.WARNING, "csp-violation directive={0} count={1}", rule.group(1), number);
        }
        return Response.noContent().build();
    }
}
