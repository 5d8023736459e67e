package org.tidings.announcements.internal.policies;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.NotInThisState;
import org.tidings.announcements.AnnouncementRefused.NotInThisState.Where;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.Languages;

/**
 * One version of a policy: a draft that is edited, then published for good. Only an announcement that is taken back within its
 * undo window, when nobody has seen it, makes it a draft again.
 */
@Entity
@Table(name = "policy_version", schema = "announcements")
class PolicyVersionRow {

    @Id
    private UUID id;

    @Version
    private long version;

    @Enumerated(EnumType.STRING)
    private PolicyKind kind;

    @Column(name = "version_number")
    private int number;

    @Column(name = "effective_on")
    private LocalDate effectiveOn;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "published_at")
    private @Nullable OffsetDateTime publishedAt;

    @Column(name = "announced_by")
    private @Nullable String announcedBy; // as text: EclipseLink 4 handles no null UUID

    private boolean shipped;

    @Column(name = "discarded_at")
    private @Nullable OffsetDateTime discardedAt;

    @ElementCollection
    @CollectionTable(name = "policy_text", schema = "announcements", joinColumns = @JoinColumn(name = "policy_version"))
    @MapKeyColumn(name = "language")
    private Map<String, PolicyTextRow> texts = new HashMap<>();

    @SuppressWarnings("NullAway") // for JPA
    protected PolicyVersionRow() {}

    PolicyVersionRow(
            UUID id,
            PolicyKind kind,
            int number,
            LocalDate effectiveOn,
            Map<Locale, PolicyText> texts,
            OffsetDateTime createdAt) {
        this.id = id;
        this.kind = kind;
        this.number = number;
        this.effectiveOn = effectiveOn;
        this.createdAt = createdAt;
        hold(texts);
    }

    /** The text that a new site begins with: its placeholders are filled in when it is read. */
    static PolicyVersionRow shipped(
            UUID id, PolicyKind kind, LocalDate effectiveOn, Map<Locale, PolicyText> texts, OffsetDateTime at) {
        PolicyVersionRow row = new PolicyVersionRow(id, kind, 1, effectiveOn, texts, at);
        row.shipped = true;
        row.publish(at, null);
        return row;
    }

    void edit(LocalDate effective, Map<Locale, PolicyText> changed) {
        requireDraft();
        effectiveOn = effective;
        hold(changed);
    }

    void publish(OffsetDateTime at, @Nullable AnnouncementId announcement) {
        requireDraft();
        publishedAt = at;
        announcedBy = announcement == null ? null : announcement.value().toString();
    }

    void takeBack(OffsetDateTime now) {
        if (publishedAt == null || !now.isBefore(publishedAt)) {
            throw new NotInThisState(Where.IN_FORCE);
        }
        publishedAt = null;
        announcedBy = null;
    }

    void discard(OffsetDateTime at) {
        requireDraft();
        discardedAt = at;
    }

    void bringBack() {
        discardedAt = null;
    }

    /** When it was thrown away. */
    Optional<OffsetDateTime> discardedAt() {
        return Optional.ofNullable(discardedAt);
    }

    void requireDraft() {
        if (publishedAt != null) {
            throw new AnnouncementRefused(Reason.VERSION_PUBLISHED);
        }
    }

    private void hold(Map<Locale, PolicyText> changed) {
        texts.clear();
        changed.forEach((language, text) -> {
            if (!text.isEmpty()) {
                texts.put(language.getLanguage(), new PolicyTextRow(text));
            }
        });
    }

    UUID id() {
        return id;
    }

    long version() {
        return version;
    }

    int number() {
        return number;
    }

    PolicyKind kind() {
        return kind;
    }

    private PolicyText read(PolicyText text, Settings settings) {
        if (shipped) {
            return FirstPolicies.filled(text, settings);
        }
        boolean first = kind == PolicyKind.PRIVACY && number == 1 && publishedAt != null && announcedBy == null;
        return first ? FirstPolicies.corrected(text, settings) : text;
    }

    PolicyVersion view(Settings settings) {
        Map<Locale, PolicyText> inOrder = new LinkedHashMap<>();
        for (Locale language : Languages.ALL) {
            PolicyTextRow row = texts.get(language.getLanguage());
            if (row != null) {
                inOrder.put(language, read(row.text(), settings));
            }
        }
        return new PolicyVersion(
                new PolicyVersionId(id),
                version,
                kind,
                number,
                effectiveOn,
                inOrder,
                Optional.ofNullable(publishedAt),
                Optional.ofNullable(announcedBy).map(UUID::fromString).map(AnnouncementId::new));
    }
}
