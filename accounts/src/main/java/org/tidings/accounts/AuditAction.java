package org.tidings.accounts;

import java.util.Locale;

/** What somebody did, as it is kept: an enum of the module that it is done in. Each has its words ({@code audit.action.*}). */
public interface AuditAction {

    /** As an enum has it. */
    String name();

    /** Stable, verb first: {@code send-issue}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
