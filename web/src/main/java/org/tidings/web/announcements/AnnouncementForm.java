package org.tidings.web.announcements;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.site.Languages;
import org.tidings.web.pages.Form;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.ProblemType;

/** An announcement's content as the fields of a form, and back. */
final class AnnouncementForm {
    /** After the name of a field for a time: which of two hours is meant. */
    static final String OFFSET = "-offset";

    private static final int UNDO_REFUSED = -1;
    private static final int MAX_ZONE = 64;

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
            form.fill("end", "").fill("zone", window.zone().getId());
            fill(form, "start", window.localStart());
            window.localEnd().ifPresent(end -> fill(form, "end", end));
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
        for (Locale language : Languages.ALL) {
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

    /** What cannot be a number is one that nothing equals. */
    static long number(String typed) {
        String digits = typed.replaceAll("[\\s.,’' ]", "");
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException notANumber) {
            return -1;
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

    /** The time as its zone's clocks show it, and of an hour that comes twice which one it is. */
    static void fill(Form form, String field, ZonedDateTime at) {
        LocalDateTime local = at.toLocalDateTime();
        form.fill(field, local.toString());
        if (at.getZone().getRules().getValidOffsets(local).size() > 1) {
            form.fill(field + OFFSET, at.getOffset().getId());
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
        Optional<ZoneId> zone = zone(form.trimmed("zone"));
        if (zone.isEmpty()) {
            form.reject("zone", "announcements.refused.zone");
            return Optional.empty();
        }
        Optional<OffsetDateTime> from = start.flatMap(local -> moment(form, "start", local, zone.get()));
        Optional<OffsetDateTime> until = end.flatMap(local -> moment(form, "end", local, zone.get()));
        return from.isEmpty() || until.isPresent() != end.isPresent()
                ? Optional.empty()
                : Optional.of(new Window(from.get(), until, zone.get()));
    }

    /** A time that is typed by the clocks of a zone; empty, with the reason in the form, if it cannot be read. */
    static Optional<OffsetDateTime> moment(Form form, String field, ZoneId zone) {
        return time(form, field).flatMap(local -> moment(form, field, local, zone));
    }

    private static Optional<OffsetDateTime> moment(Form form, String field, LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            form.reject(field, "announcements.refused.gap");
            return Optional.empty();
        }
        if (offsets.size() == 1) {
            return Optional.of(OffsetDateTime.of(local, offsets.get(0)));
        }
        Optional<ZoneOffset> said = offsets.stream()
                .filter(offset -> offset.getId().equals(form.trimmed(field + OFFSET)))
                .findFirst();
        if (said.isEmpty()) {
            form.reject(field + OFFSET, "announcements.refused.twice");
        }
        return said.map(offset -> OffsetDateTime.of(local, offset));
    }

    /** By field, as {@link #twice(Form, String, String)}. */
    static Map<String, List<String>> twice(Form form, String zone, String first, String second) {
        return Map.of(first, twice(form, first, zone), second, twice(form, second, zone));
    }

    /** The offsets, the earlier hour first, of which one has to be chosen; empty unless the typed hour comes twice. */
    static List<String> twice(Form form, String field, String zone) {
        try {
            LocalDateTime local = LocalDateTime.parse(form.trimmed(field).replace(' ', 'T'));
            List<ZoneOffset> offsets = zone(zone)
                    .map(known -> known.getRules().getValidOffsets(local))
                    .orElse(List.of());
            return offsets.size() < 2
                    ? List.of()
                    : offsets.stream().map(ZoneOffset::getId).toList();
        } catch (DateTimeException unreadable) {
            return List.of();
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

    /** Every zone that Java knows, by whichever of its names. */
    static Optional<ZoneId> zone(String id) {
        try {
            return id.length() > MAX_ZONE ? Optional.empty() : Optional.of(ZoneId.of(id));
        } catch (DateTimeException unknown) {
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

    /** With the chosen one, also where it is known by a name that is not offered: {@code US/Eastern}, {@code +02:00}. */
    static Map<String, String> zones(String chosen) {
        Map<String, String> zones = zones();
        zone(chosen).ifPresent(zone -> zones.putIfAbsent(chosen, chosen.replace('_', ' ')));
        return zones;
    }

    static void reject(Form form, ContentRejected rejected) {
        for (ContentRejected.Problem problem : rejected.problems()) {
            form.reject(
                    problem.flaw() == ContentRejected.Flaw.SUMMARY_MISSING ? "policy" : problem.field(),
                    reason(problem));
        }
    }

    static String reason(ContentRejected.Problem problem) {
        return switch (problem.flaw()) {
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
                switch (problem.field()) {
                    case "policy" -> "announcements.refused.policy-early";
                    case "at" -> "announcements.refused.not-longer";
                    default -> "announcements.refused.over";
                };
            case NOBODY_IN_TIME -> "announcements.refused.nobody-in-time";
            case NOT_YET -> "announcements.refused.not-yet";
            case NOT_READY -> "announcements.refused.policy-not-ready";
            case SUMMARY_MISSING ->
                "announcements.refused.policy-summary."
                        + problem.field().substring(0, problem.field().indexOf('.'));
        };
    }
}
