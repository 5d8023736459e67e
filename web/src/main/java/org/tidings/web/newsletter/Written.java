package org.tidings.web.newsletter;

import gg.jte.Content;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import org.tidings.web.access.ResponseHeaders;

/** What editors wrote, on a page. */
final class Written {

    private Written() {}

    /**
     * Headings move one level down, because the page has a first one of its own.
     *
     * @param html sanitised by the newsletter module
     */
    static Content html(String html) {
        String below = html;
        for (int level = 5; level >= 1; level--) {
            below = below.replace("<h" + level + ">", "<h" + (level + 1) + ">")
                    .replace("</h" + level + ">", "</h" + (level + 1) + ">");
        }
        String shown = below;
        return out -> out.writeContent(shown);
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
