package org.tidings.web.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The precompiled templates. */
@ApplicationScoped
public class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "org.tidings.web.templates");

    public Templates() {
        engine.setBinaryStaticContent(true);
    }

    /** Renders before anything is sent, so that a failure still becomes an error page. */
    public byte[] render(String template, Map<String, Object> parameters) {
        var out = new Utf8ByteOutput();
        engine.render(template + ".jte", parameters, out);
        return out.toByteArray();
    }

    /** A template as a part of another. */
    public gg.jte.Content fragment(String template, Map<String, Object> parameters) {
        return out -> engine.render(template + ".jte", parameters, out);
    }
}
