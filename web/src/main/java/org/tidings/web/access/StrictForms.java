package org.tidings.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/**
 * Reads every form as what browsers send (WHATWG URL, section 5.1) and hands it on in one way of writing: names and values in UTF-8,
 * a field without {@code =} as an empty one. What is no UTF-8 is refused, whatever the request says about its encoding: a form is
 * asked for by a page in UTF-8, and guessing would write to an address that nobody typed (REP-22).
 */
@Provider
@ApplicationScoped
public class StrictForms implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        MediaType type = context.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
            return context.proceed();
        }
        // CsrfFilter has seen to it that the body is no larger than it may be.
        byte[] body = context.getInputStream().readAllBytes();
        context.setMediaType(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
        context.setInputStream(new ByteArrayInputStream(normal(body)));
        return context.proceed();
    }

    /** @throws Problem if it cannot be read */
    static byte[] normal(byte[] body) {
        var form = new StringBuilder(body.length + 16);
        try {
            for (String field : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
                if (!field.isEmpty()) {
                    int equals = field.indexOf('=');
                    form.append(form.isEmpty() ? "" : "&")
                            .append(again(equals < 0 ? field : field.substring(0, equals)))
                            .append('=')
                            .append(equals < 0 ? "" : again(field.substring(equals + 1)));
                }
            }
        } catch (CharacterCodingException unreadable) {
            throw new Problem(ProblemType.UNREADABLE_CHARACTERS);
        }
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String again(String encoded) throws CharacterCodingException {
        return URLEncoder.encode(Utf8.decoded(encoded), StandardCharsets.UTF_8);
    }
}
