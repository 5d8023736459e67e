package org.tidings.announcements.internal;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Problem;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.OddCharacter;

/** What an announcement must have, to be kept and to be submitted. */
final class Validation {

    static final int MAX_UNDO_MINUTES = 60;

    private final List<Problem> problems = new ArrayList<>();

    private Validation() {}

    /** A draft may be incomplete, but holds nothing that could not be stored or sent. */
    static void forDraft(AnnouncementContent content) {
        Validation validation = new Validation();
        validation.texts(content);
        validation.closedLists(content);
        validation.finish();
    }

    /** @param undoMinutes before anybody can get it; none in an emergency */
    static void forSubmission(AnnouncementContent content, Settings settings, int undoMinutes, OffsetDateTime now) {
        Validation validation = new Validation();
        validation.texts(content);
        validation.closedLists(content);
        validation.complete(content);
        validation.window(content, undoMinutes, now);
        validation.undo(content, settings);
        validation.finish();
    }

    private void texts(AnnouncementContent content) {
        content.wordings().forEach((language, wording) -> {
            for (Slot slot : Slot.values()) {
                text(language, slot, wording.text(slot));
            }
        });
    }

    private void text(Locale language, Slot slot, String text) {
        String field = language.getLanguage() + "." + slot.key();
        boolean oneLine = slot == Slot.HEADLINE || slot == Slot.CONTACT;
        if (text.codePointCount(0, text.length()) > slot.limit()) {
            problem(field, Flaw.TOO_LONG);
        } else if ((oneLine ? OddCharacter.inLine(text) : OddCharacter.inText(text)).isPresent()) {
            problem(field, Flaw.CONTROL_CHARACTER);
        } else if (text.contains("{{") || text.contains("}}")) {
            problem(field, Flaw.SLOT_BRACES);
        }
    }

    private void closedLists(AnnouncementContent content) {
        if (!content.type().prefixes().contains(content.prefix())) {
            problem("prefix", Flaw.NOT_ALLOWED);
        }
        content.window().ifPresent(window -> {
            if (outOfReach(window.start())) {
                problem("start", Flaw.NOT_ALLOWED);
            }
            if (window.end().map(Validation::outOfReach).orElse(false)) {
                problem("end", Flaw.NOT_ALLOWED);
            }
            if (window.end().map(end -> !end.isAfter(window.start())).orElse(false)) {
                problem("end", Flaw.END_BEFORE_START);
            }
        });
        if (content.undoMinutes() < 0 || content.undoMinutes() > MAX_UNDO_MINUTES) {
            problem("undo", Flaw.NOT_ALLOWED);
        }
    }

    /** No form, calendar or feed writes a year of five digits or one before Christ. */
    private static boolean outOfReach(OffsetDateTime at) {
        return at.getYear() < 2 || at.getYear() > 9998;
    }

    private void complete(AnnouncementContent content) {
        for (Map.Entry<Locale, Wording> entry : content.wordings().entrySet()) {
            for (Slot slot : Slot.values()) {
                if (entry.getValue().text(slot).isEmpty()) {
                    problem(entry.getKey().getLanguage() + "." + slot.key(), Flaw.MISSING);
                }
            }
        }
        if (!content.wordings().containsKey(Locale.ENGLISH)) {
            problem("en." + Slot.HEADLINE.key(), Flaw.MISSING);
        }
    }

    private void window(AnnouncementContent content, int undoMinutes, OffsetDateTime now) {
        AnnouncementType type = content.type();
        Optional<Window> window = content.window();
        if (type.needsStart() && window.isEmpty()) {
            problem("start", Flaw.MISSING);
        }
        if (type.needsEnd() && window.isPresent() && window.get().end().isEmpty()) {
            problem("end", Flaw.MISSING);
        }
        Optional<OffsetDateTime> end = window.flatMap(Window::end);
        if (end.isEmpty()) {
            return;
        }
        if (content.outcome().isPresent()) {
            if (content.outcome().get() == Outcome.COMPLETED && end.get().isAfter(now)) {
                problem("end", Flaw.NOT_YET);
            }
        } else if (type == AnnouncementType.MAINTENANCE) {
            if (!end.get().isAfter(now)) {
                problem("end", Flaw.TOO_EARLY);
            } else if (!end.get().isAfter(now.plusMinutes(undoMinutes))) {
                problem("end", Flaw.NOBODY_IN_TIME);
            }
        }
    }

    private void undo(AnnouncementContent content, Settings settings) {
        if (!content.type().shortUndoAllowed() && content.undoMinutes() < settings.undoMinutes()) {
            problem("undo", Flaw.NOT_ALLOWED);
        }
    }

    private void problem(String field, Flaw flaw) {
        problems.add(new Problem(field, flaw));
    }

    private void finish() {
        if (!problems.isEmpty()) {
            throw new ContentRejected(problems);
        }
    }
}
