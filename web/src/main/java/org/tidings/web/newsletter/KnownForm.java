package org.tidings.web.newsletter;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.PageContext;

/** Attributes as fields of a form, each named by its key: {@code about-city}. */
public final class KnownForm {

    /** How the names of the fields begin. */
    public static final String PREFIX = "about-";

    private KnownForm() {}

    public static String field(AttributeView attribute) {
        return PREFIX + attribute.key();
    }

    static List<String> fields(Collection<AttributeView> attributes) {
        return attributes.stream().map(KnownForm::field).toList();
    }

    /** Fills in what is known. */
    static Form fill(Form form, Collection<AttributeValue> known) {
        known.forEach(value -> form.fill(field(value.attribute()), value.value()));
        return form;
    }

    /** What was typed, by key. A field that was not sent says nothing. */
    static Map<String, String> read(Form form, Collection<AttributeView> attributes) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (AttributeView attribute : attributes) {
            if (form.ticked(field(attribute))) {
                typed.put(attribute.key(), form.value(field(attribute)));
            }
        }
        return typed;
    }

    /** Says beside the fields why they were refused. */
    static Form reject(Form form, AttributeValuesRejected e) {
        e.byKey().forEach((key, reason) -> form.reject(PREFIX + key, key(reason)));
        return form;
    }

    private static String key(Reason reason) {
        return "newsletters.known.wrong."
                + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What can be chosen, after saying nothing. */
    public static Map<String, String> options(PageContext page, AttributeView attribute) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("", page.t("newsletters.known.none"));
        if (attribute.type() == AttributeType.YES_NO) {
            options.put("yes", page.t("newsletters.known.yes"));
            options.put("no", page.t("newsletters.known.no"));
        } else {
            options.putAll(attribute.choices(page.locale()));
        }
        return options;
    }

    /** A value in words. */
    public static String words(PageContext page, AttributeView attribute, String value) {
        return switch (attribute.type()) {
            case TEXT -> value;
            case NUMBER -> page.decimal(new java.math.BigDecimal(value));
            case DATE -> page.date(java.time.LocalDate.parse(value));
            case CHOICE, YES_NO -> options(page, attribute).getOrDefault(value, value);
        };
    }
}
