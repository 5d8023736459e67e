package org.tidings.announcements;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What everybody may read. */
public interface PublicAnnouncements {

    /** One entry a thread, as it stands now; what was published last comes first. */
    List<PublicAnnouncement> newest(int limit);

    /** The thread of any of its announcements. */
    Optional<PublicAnnouncement> find(AnnouncementId announcement);

    /** How it stands, from the clock and what staff recorded. */
    enum Standing {
        UPCOMING,
        UNDER_WAY,
        /** Its end is past, and nobody has said yet that it is over. */
        UNCONFIRMED,
        COMPLETED,
        CANCELLED,
        /** A fact without a course, such as a change of terms that has taken effect. */
        PUBLISHED
    }

    /**
     * @param id the thread's, and the address of its page
     * @param parts newest first; the first is what holds
     */
    record PublicAnnouncement(AnnouncementId id, Standing standing, List<Part> parts) {
        public PublicAnnouncement {
            parts = List.copyOf(parts);
        }

        public Part latest() {
            return parts.get(0);
        }

        /** When somebody said how it ended: by an update, or without a mail. */
        public Optional<OffsetDateTime> endedAt() {
            return standing == Standing.COMPLETED || standing == Standing.CANCELLED
                    ? Optional.of(latest().closedAt().orElse(latest().publishedAt()))
                    : Optional.empty();
        }

        public OffsetDateTime firstPublishedAt() {
            return parts.get(parts.size() - 1).publishedAt();
        }
    }

    /**
     * One published announcement of a thread.
     *
     * @param closedAt when it was closed without a mail
     */
    record Part(
            AnnouncementId id,
            int sequence,
            AnnouncementContent content,
            OffsetDateTime publishedAt,
            Optional<OffsetDateTime> closedAt,
            List<Change> changes) {

        public String headline(Locale language) {
            return content.wording(language).text(Slot.HEADLINE);
        }

        public List<Change> changesIn(Locale language) {
            Locale shown = content.languageFor(language);
            return changes.stream()
                    .filter(change -> change.language().equals(shown))
                    .toList();
        }
    }
}
