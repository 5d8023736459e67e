package org.tidings.newsletter.internal.knowing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeValueRejected;
import org.tidings.newsletter.AttributeValueRejected.Reason;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.AttributeView;

/**
 * What was answered in a form, as it waits for the mailbox to be proved: a line for each attribute, {@code key=value}. Keys have no equals sign,
 * values no line break.
 */
public record FormAnswers(Map<String, String> byKey) {

    /** Nothing was asked, or answered. */
    public static final FormAnswers NONE = new FormAnswers(Map.of());

    /** More than anybody is asked for. */
    static final int MOST = 20;

    public FormAnswers {
        byKey = Map.copyOf(byKey);
    }

    /**
     * Reads what was typed.
     *
     * @throws AttributeValuesRejected naming each that was refused
     */
    public static FormAnswers read(Map<String, String> typed, Map<String, AttributeView> known) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Reason> wrong = new LinkedHashMap<>();
        typed.forEach((key, text) -> {
            AttributeView attribute = known.get(key);
            if (attribute == null || !attribute.changedBy(AttributeParty.READER)) {
                wrong.put(key, attribute == null ? Reason.UNKNOWN : Reason.NOT_ALLOWED);
            } else if (!text.isBlank()) {
                try {
                    values.put(key, attribute.read(text));
                } catch (AttributeValueRejected e) {
                    wrong.put(key, e.reason());
                }
            }
        });
        if (values.size() > MOST) {
            values.keySet().stream().skip(MOST).forEach(key -> wrong.put(key, Reason.TOO_LONG));
        }
        if (!wrong.isEmpty()) {
            throw new AttributeValuesRejected(wrong);
        }
        return new FormAnswers(values);
    }

    public static FormAnswers stored(String text) {
        Map<String, String> byKey = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                byKey.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return byKey.isEmpty() ? NONE : new FormAnswers(byKey);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(byKey)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Those whose attribute is still there and hers to say; read again, for it may have changed. */
    public Map<AttributeView, String> values(Map<String, AttributeView> known) {
        Map<AttributeView, String> values = new LinkedHashMap<>();
        known.forEach((key, attribute) -> {
            String said = byKey.get(key);
            if (said != null && attribute.changedBy(AttributeParty.READER)) {
                try {
                    values.put(attribute, attribute.read(said));
                } catch (AttributeValueRejected e) {
                    // A choice that is no longer offered.
                }
            }
        });
        return values;
    }
}
