package org.tidings.announcements.internal;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;

/** An honest maintenance notice, to be changed by tests. */
public final class ContentBuilder {
    private AnnouncementType type = AnnouncementType.MAINTENANCE;
    private SubjectPrefix prefix = SubjectPrefix.MAINTENANCE;
    private Optional<Window> window = Optional.of(Window.in(
            ZoneId.of("Europe/Berlin"),
            LocalDateTime.parse("2026-11-29T22:00"),
            Optional.of(LocalDateTime.parse("2026-11-29T23:30"))));
    private final Map<Locale, Map<Slot, String>> texts = new LinkedHashMap<>();
    private int undoMinutes = 10;
    private Optional<PolicyVersionId> policy = Optional.empty();

    public static ContentBuilder aMaintenance() {
        ContentBuilder builder = new ContentBuilder();
        builder.with(Slot.HEADLINE, "Database maintenance on Sunday night")
                .with(Slot.WHAT, "We move our database to newer machines.\n\nThe site can be read meanwhile.")
                .with(Slot.AFFECTED, "Everybody with an account.")
                .with(Slot.IMPACT, "Saving does not work for up to 90 minutes.")
                .with(Slot.ACTION, "Nothing. Save urgent changes before.")
                .with(Slot.CONTACT, "service@example.org")
                .with(Slot.IF_MISSED, "A change could be refused without warning.");
        return builder;
    }

    public static ContentBuilder anIncident() {
        return aMaintenance().type(AnnouncementType.INCIDENT, SubjectPrefix.INCIDENT);
    }

    public ContentBuilder type(AnnouncementType newType, SubjectPrefix newPrefix) {
        type = newType;
        prefix = newPrefix;
        return this;
    }

    public ContentBuilder prefix(SubjectPrefix newPrefix) {
        prefix = newPrefix;
        return this;
    }

    public ContentBuilder with(Slot slot, String text) {
        return with(Locale.ENGLISH, slot, text);
    }

    public ContentBuilder with(Locale language, Slot slot, String text) {
        texts.computeIfAbsent(language, l -> new EnumMap<>(Slot.class)).put(slot, text);
        return this;
    }

    public ContentBuilder inGerman() {
        for (Slot slot : Slot.values()) {
            with(Locale.GERMAN, slot, "Wir ziehen die Datenbank um.");
        }
        return this;
    }

    public ContentBuilder window(Optional<Window> newWindow) {
        window = newWindow;
        return this;
    }

    public ContentBuilder undo(int minutes) {
        undoMinutes = minutes;
        return this;
    }

    public ContentBuilder policy(PolicyVersionId version) {
        policy = Optional.of(version);
        return this;
    }

    public AnnouncementContent build() {
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        texts.forEach((language, slots) -> wordings.put(language, new Wording(slots)));
        return new AnnouncementContent(type, prefix, window, wordings, undoMinutes, policy);
    }
}
