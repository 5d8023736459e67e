package org.tidings.announcements.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;

/** A {@link Step} in columns; its kind is the key. */
@Embeddable
class StepRow {

    private @Nullable String account;

    @Column(name = "taken_at")
    private OffsetDateTime takenAt;

    private String words = "";

    @SuppressWarnings("NullAway") // for JPA
    protected StepRow() {}

    StepRow(Step step) {
        account = step.by().map(by -> by.value().toString()).orElse(null);
        takenAt = step.at();
        words = step.words();
    }

    Step step(Step.Kind kind) {
        return new Step(kind, Optional.ofNullable(account).map(UUID::fromString).map(AccountId::new), takenAt, words);
    }
}
