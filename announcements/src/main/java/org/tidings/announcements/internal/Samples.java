package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.SampleAnnouncements;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.settings.AnnouncementsDb;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Transactional;
import org.tidings.site.WrittenLanguages;

/** A maintenance window on the next Sunday night. */
@ApplicationScoped
@Transactional
class Samples implements SampleAnnouncements {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Announcements announcements;
    private final Settings settings;
    private final WrittenLanguages languages;
    private final Clock clock;

    @SuppressWarnings("NullAway") // for the proxy
    Samples() {
        announcements = null;
        settings = null;
        languages = null;
        clock = null;
    }

    @Inject
    Samples(@AnnouncementsDb EntityManager em, Settings settings, WrittenLanguages languages, Clock clock) {
        this.announcements = new Announcements(em);
        this.settings = settings;
        this.languages = languages;
        this.clock = clock;
    }

    @Override
    public void add() {
        if (!announcements.samples().isEmpty()) {
            return;
        }
        OffsetDateTime now = Now.by(clock);
        ZonedDateTime start = now.atZoneSameInstant(ZONE)
                .with(TemporalAdjusters.next(DayOfWeek.SUNDAY))
                .with(LocalTime.of(22, 0));
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        for (Locale language : languages.all()) {
            wordings.put(language, wording(language));
        }
        announcements.add(Announcement.sample(
                Ids.next(),
                new AnnouncementContent(
                        AnnouncementType.MAINTENANCE,
                        SubjectPrefix.MAINTENANCE,
                        Optional.of(new Window(
                                start.toOffsetDateTime(),
                                Optional.of(start.plusMinutes(90).toOffsetDateTime()),
                                ZONE)),
                        wordings,
                        settings.undoMinutes(),
                        Optional.empty()),
                now));
    }

    private Wording wording(Locale language) {
        Texts texts = Texts.in(language);
        Map<Slot, String> slots = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            slots.put(
                    slot,
                    slot == Slot.CONTACT ? "service@" + settings.site().host() : texts.text("sample." + slot.key()));
        }
        return new Wording(slots);
    }

    @Override
    public void remove() {
        announcements.samples().forEach(announcements::remove);
    }
}
