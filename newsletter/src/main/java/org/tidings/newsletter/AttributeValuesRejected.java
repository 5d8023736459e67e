package org.tidings.newsletter;

import java.util.Map;

/** Some of several values were refused, and none was kept. */
public final class AttributeValuesRejected extends RuntimeException {

    private final transient Map<String, AttributeValueRejected.Reason> byKey;

    public AttributeValuesRejected(Map<String, AttributeValueRejected.Reason> byKey) {
        super(byKey.size() + " values");
        this.byKey = Map.copyOf(byKey);
    }

    /** Why, by the key of the attribute. */
    public Map<String, AttributeValueRejected.Reason> byKey() {
        return byKey;
    }
}
