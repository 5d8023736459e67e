package org.tidings.web.announcements;

import java.util.Map;
import java.util.TreeMap;
import org.tidings.mail.AudienceCount;

/** How many would get it, and how many not, by reason. */
public record AudienceJson(long recipients, Map<String, Long> leftOut) {
    static AudienceJson of(AudienceCount count) {
        Map<String, Long> leftOut = new TreeMap<>();
        count.leftOut().forEach((reason, number) -> leftOut.put(Words.kebab(reason), number));
        return new AudienceJson(count.recipients(), leftOut);
    }
}
