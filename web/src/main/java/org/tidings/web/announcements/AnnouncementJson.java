package org.tidings.web.announcements;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Caution;
import org.tidings.announcements.Finding;

/**
 * An announcement as programs see it.
 *
 * @param state where it is: draft, submitted, approved or out, in lower case
 * @param version to be sent back with updateAnnouncement, so that nobody's change is lost
 * @param digest SHA-256 in hex of exactly what is submitted; null for a draft
 * @param publishedAt the end of the undo window
 * @param mailing id under which deliveries are recorded
 * @param recipients counted when it was published
 * @param cautions what is easily overlooked before it goes out; said of one announcement, never of a list
 * @param outcome cancelled or completed: how the thread ended, or what a draft tells of its end
 */
public record AnnouncementJson(
        String id,
        String thread,
        int sequence,
        String state,
        long version,
        WrittenJson content,
        @Nullable String digest,
        List<FindingJson> findings,
        List<CautionJson> cautions,
        OffsetDateTime editedAt,
        @Nullable OffsetDateTime publishedAt,
        @Nullable String mailing,
        @Nullable Long recipients,
        @Nullable String outcome) {

    /**
     * What the guard found.
     *
     * @param slot where it stands: a slot, {@code policy-summary} or {@code policy-text}
     * @param match the passage
     * @param sentence in which it stands
     */
    public record FindingJson(
            String language, String slot, String rule, String match, String sentence, boolean confirmable) {
        static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.language().getLanguage(),
                    finding.place().key(),
                    Words.kebab(finding.rule()),
                    finding.passage(),
                    finding.sentence(),
                    finding.confirmable());
        }
    }

    /** What may be meant so. */
    public record CautionJson(String kind, String language) {
        static CautionJson of(Caution caution) {
            return new CautionJson(
                    Words.kebab(caution.kind()), caution.language().getLanguage());
        }
    }

    static AnnouncementJson of(AnnouncementView view) {
        return of(view, List.of());
    }

    static AnnouncementJson of(AnnouncementView view, List<Caution> cautions) {
        return new AnnouncementJson(
                view.id().value().toString(),
                view.thread().value().toString(),
                view.sequence(),
                Words.kebab(view.state()),
                view.version(),
                WrittenJson.of(view.content()),
                view.digest().isEmpty() ? null : view.digest(),
                view.findings().stream().map(FindingJson::of).toList(),
                cautions.stream().map(CautionJson::of).toList(),
                view.editedAt(),
                view.publishedAt().orElse(null),
                view.mailing().map(mailing -> mailing.value().toString()).orElse(null),
                view.audienceCount().orElse(null),
                view.outcome()
                        .or(() -> view.content().outcome())
                        .map(Words::kebab)
                        .orElse(null));
    }
}
