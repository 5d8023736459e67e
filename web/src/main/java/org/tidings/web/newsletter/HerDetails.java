package org.tidings.web.newsletter;

import java.util.Collection;
import java.util.List;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.Attributes;

/** What the person herself sees of what is known. */
final class HerDetails {

    private HerDetails() {}

    /** What she says herself. */
    static List<AttributeView> fields(Attributes attributes) {
        return attributes.all().stream()
                .filter(one -> one.changedBy(AttributeParty.READER))
                .toList();
    }

    /** What others say, and she may see. */
    static List<AttributeValue> facts(Collection<AttributeValue> known) {
        return known.stream()
                .filter(one -> one.attribute().seenBy(AttributeParty.READER)
                        && !one.attribute().changedBy(AttributeParty.READER))
                .toList();
    }
}
