package org.tidings.web.newsletter;

import gg.jte.Content;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.tidings.web.access.ResponseHeaders;

/** What editors wrote, on a page. */
final class Written {

    private Written() {}

    private static final Pattern HEADING = Pattern.compile("<(/?)h([1-6])>");

    /**
     * Headings move below the page's own first one, each by one level under the one that it belongs to: whoever hears the page misses none,
     * whatever the editor began with.
     *
     * @param html sanitised by the newsletter module
     */
    static Content html(String html) {
        String shown = below(html);
        return out -> out.writeContent(shown);
    }

    static String below(String html) {
        Deque<Integer> above = new ArrayDeque<>();
        return HEADING.matcher(html).replaceAll(heading -> {
            int level = Integer.parseInt(heading.group(2));
            if (heading.group(1).isEmpty()) {
                while (!above.isEmpty() && above.peek() >= level) {
                    above.pop();
                }
                above.push(level);
            }
            return "<$1h" + Math.min(6, above.size() + 1) + ">";
        });
    }

    /** Lets the page show pictures from elsewhere, as an issue may have them; everything else stays as strict. */
    static Response withPictures(Response page, HttpServletRequest request) {
        String nonce = String.valueOf(request.getAttribute(ResponseHeaders.NONCE));
        return Response.fromResponse(page)
                .header(
                        "Content-Security-Policy",
                        ResponseHeaders.contentSecurityPolicy(nonce)
                                .replace("img-src 'self' data:", "img-src 'self' data: https: http:"))
                .build();
    }
}
