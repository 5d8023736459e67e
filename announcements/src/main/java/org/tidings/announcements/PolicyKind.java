package org.tidings.announcements;

import java.util.Locale;
import java.util.Optional;

/** The legal documents of a site. */
public enum PolicyKind {
    PRIVACY,
    TERMS;

    /** As in addresses: {@code privacy}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PolicyKind> ofSlug(String slug) {
        for (PolicyKind kind : values()) {
            if (kind.slug().equals(slug)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
