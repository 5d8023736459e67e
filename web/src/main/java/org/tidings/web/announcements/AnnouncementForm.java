package org.tidings.web.announcements;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.ContentRejected;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.web.pages.Form;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** An announcement's content as the fields of a form, and back. */
final class AnnouncementForm {
    private static final int UNDO_REFUSED = -1;

    private AnnouncementForm() {}

    static Form of(AnnouncementContent content) {
        Form form = Form.empty()
                .fill("type", Words.kebab(content.type()))
                .fill("undo", String.valueOf(content.undoMinutes()))
                .fill(
                        "policy",
                        content.policyVersion().map(id -> id.value().toString()).orElse(""));
        if (content.prefix() == SubjectPrefix.ACTION_REQUIRED) {
            form.fill("prefix", "action-required");
        }
        content.window().ifPresent(window -> {
            form.fill("start", window.localStart().toLocalDateTime().toString())
                    .fill(
                            "end",
                            window.localEnd()
                                    .map(end -> end.toLocalDateTime().toString())
                                    .orElse(""))
                    .fill("zone", window.zone().getId());
        });
        content.wordings().forEach((language, wording) -> {
            for (Slot slot : Slot.values()) {
                form.fill(field(language, slot), wording.text(slot));
            }
        });
        return form;
    }

    static String field(Locale language, Slot slot) {
        return language.getLanguage() + "." + slot.key();
    }

    static AnnouncementType type(String kebab) {
        for (AnnouncementType type : AnnouncementType.values()) {
            if (Words.kebab(type).equals(kebab)) {
                return type;
            }
        }
        throw new Problem(ProblemType.NOT_FOUND);
    }

    /** What was typed; where it could not be read, the form says so. */
    static AnnouncementContent read(Form form) {
        AnnouncementType type = type(form.trimmed("type"));
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        for (Locale language : Wording.LANGUAGES) {
            Map<Slot, String> texts = new EnumMap<>(Slot.class);
            for (Slot slot : Slot.values()) {
                texts.put(slot, form.value(field(language, slot)));
            }
            wordings.put(language, new Wording(texts));
        }
        return new AnnouncementContent(
                type,
                form.ticked("prefix")
                        ? SubjectPrefix.ACTION_REQUIRED
                        : type.prefixes().get(0),
                window(form),
                wordings,
                minutes(form),
                policy(form));
    }

    private static int minutes(Form form) {
        try {
            return Integer.parseInt(form.trimmed("undo"));
        } catch (NumberFormatException notANumber) {
            form.reject("undo", "announcements.refused.undo");
            return UNDO_REFUSED;
        }
    }

    private static Optional<PolicyVersionId> policy(Form form) {
        String id = form.trimmed("policy");
        try {
            return id.isEmpty() ? Optional.empty() : Optional.of(new PolicyVersionId(UUID.fromString(id)));
        } catch (IllegalArgumentException notAnId) {
            form.reject("policy", "announcements.refused.policy");
            return Optional.empty();
        }
    }

    private static Optional<Window> window(Form form) {
        Optional<LocalDateTime> start = time(form, "start");
        Optional<LocalDateTime> end = time(form, "end");
        if (start.isEmpty()) {
            if (end.isPresent()) {
                form.reject("start", "announcements.refused.missing");
            }
            return Optional.empty();
        }
        if (!zones().containsKey(form.trimmed("zone"))) {
            form.reject("zone", "announcements.refused.zone");
            return Optional.empty();
        }
        ZoneId zone = ZoneId.of(form.trimmed("zone"));
        try {
            return Optional.of(Window.in(zone, start.get(), end));
        } catch (DateTimeException gap) {
            form.reject("start", "announcements.refused.gap");
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> time(Form form, String field) {
        String typed = form.trimmed(field);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(typed.replace(' ', 'T')));
        } catch (DateTimeException unreadable) {
            form.reject(field, "announcements.refused.time");
            return Optional.empty();
        }
    }

    /** Time zones by place, UTC first. */
    static Map<String, String> zones() {
        Map<String, String> zones = new LinkedHashMap<>();
        zones.put("UTC", "UTC");
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            if (id.matches("(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+")) {
                zones.put(id, id.replace('_', ' '));
            }
        }
        return zones;
    }

    static void reject(Form form, ContentRejected rejected) {
        for (ContentRejected.Problem problem : rejected.problems()) {
            form.reject(problem.field(), reason(problem));
        }
    }

    private static String reason(ContentRejected.Problem problem) {
        return switch (problem.reason()) {
            case MISSING -> "announcements.refused.missing";
            case TOO_LONG -> "announcements.refused.too-long";
            case CONTROL_CHARACTER -> "announcements.refused.control-character";
            case SLOT_BRACES -> "announcements.refused.slot-braces";
            case NOT_ALLOWED ->
                problem.field().equals("undo")
                        ? "announcements.refused.undo-short"
                        : "announcements.refused.not-allowed";
            case END_BEFORE_START -> "announcements.refused.end-before-start";
            case TOO_EARLY ->
                problem.field().equals("policy") ? "announcements.refused.policy-early" : "announcements.refused.over";
            case NOT_READY -> "announcements.refused.policy-not-ready";
        };
    }
}
