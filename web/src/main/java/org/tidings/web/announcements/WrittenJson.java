package org.tidings.web.announcements;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.Slot;
import org.tidings.announcements.SubjectPrefix;
import org.tidings.announcements.Window;
import org.tidings.announcements.Wording;
import org.tidings.site.Languages;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/**
 * An announcement's content as JSON.
 *
 * @param type {@code maintenance}, {@code incident}, {@code security}, {@code terms-change}, {@code privacy-policy}, {@code
 *     end-of-service}, {@code data-breach}
 * @param actionRequired whether the subject begins with [Action required]
 * @param texts by language, {@code en} required
 * @param undoMinutes the site's unless given
 * @param policyVersion id of the draft that it publishes
 */
public record WrittenJson(
        @Nullable String type,
        @Nullable Boolean actionRequired,
        @Nullable WindowJson window,
        @Nullable Map<String, TextsJson> texts,
        @Nullable Integer undoMinutes,
        @Nullable String policyVersion) {

    /** RFC 3339 times, kept to the second, and an IANA time zone. */
    public record WindowJson(
            @Nullable String start,
            @Nullable String end,
            @Nullable String timeZone) {}

    /** The slots in one language. */
    public record TextsJson(
            @Nullable String headline,
            @Nullable String what,
            @Nullable String affected,
            @Nullable String impact,
            @Nullable String action,
            @Nullable String contact,
            @Nullable String ifMissed) {

        static TextsJson of(Wording wording) {
            return new TextsJson(
                    wording.text(Slot.HEADLINE),
                    wording.text(Slot.WHAT),
                    wording.text(Slot.AFFECTED),
                    wording.text(Slot.IMPACT),
                    wording.text(Slot.ACTION),
                    wording.text(Slot.CONTACT),
                    wording.text(Slot.IF_MISSED));
        }

        Wording wording() {
            Map<Slot, String> texts = new EnumMap<>(Slot.class);
            put(texts, Slot.HEADLINE, headline);
            put(texts, Slot.WHAT, what);
            put(texts, Slot.AFFECTED, affected);
            put(texts, Slot.IMPACT, impact);
            put(texts, Slot.ACTION, action);
            put(texts, Slot.CONTACT, contact);
            put(texts, Slot.IF_MISSED, ifMissed);
            return new Wording(texts);
        }

        private static void put(Map<Slot, String> texts, Slot slot, @Nullable String text) {
            if (text != null) {
                texts.put(slot, text);
            }
        }
    }

    static WrittenJson of(AnnouncementContent content) {
        Map<String, TextsJson> texts = new LinkedHashMap<>();
        content.wordings().forEach((language, wording) -> texts.put(language.getLanguage(), TextsJson.of(wording)));
        return new WrittenJson(
                Words.kebab(content.type()),
                content.prefix() == SubjectPrefix.ACTION_REQUIRED,
                content.window()
                        .map(window -> new WindowJson(
                                window.start().toString(),
                                window.end().map(OffsetDateTime::toString).orElse(null),
                                window.zone().getId()))
                        .orElse(null),
                texts,
                content.undoMinutes(),
                content.policyVersion().map(id -> id.value().toString()).orElse(null));
    }

    /** @throws Problem naming what cannot be read */
    AnnouncementContent content(int siteUndoMinutes) {
        List<Violation> violations = new ArrayList<>();
        AnnouncementType wanted = AnnouncementType.INCIDENT;
        boolean known = false;
        for (AnnouncementType candidate : AnnouncementType.values()) {
            if (Words.kebab(candidate).equals(type)) {
                wanted = candidate;
                known = true;
            }
        }
        if (!known) {
            violations.add(new Violation("/type", "not-allowed"));
        }
        Map<Locale, Wording> wordings = new LinkedHashMap<>();
        if (texts != null) {
            texts.forEach((tag, written) -> {
                Locale language = Locale.forLanguageTag(tag);
                if (Languages.ALL.contains(language) && written != null) {
                    wordings.put(language, written.wording());
                } else {
                    violations.add(new Violation("/texts", "language-not-offered"));
                }
            });
        }
        Optional<Window> read = readWindow(violations);
        Optional<PolicyVersionId> policy = readPolicy(violations);
        if (!violations.isEmpty()) {
            throw new Problem(ProblemType.INVALID, violations);
        }
        return new AnnouncementContent(
                wanted,
                Boolean.TRUE.equals(actionRequired)
                        ? SubjectPrefix.ACTION_REQUIRED
                        : wanted.prefixes().get(0),
                read,
                wordings,
                undoMinutes == null ? siteUndoMinutes : undoMinutes,
                policy);
    }

    private Optional<Window> readWindow(List<Violation> violations) {
        if (window == null) {
            return Optional.empty();
        }
        if (window.start() == null || window.timeZone() == null) {
            violations.add(new Violation("/window", "missing"));
            return Optional.empty();
        }
        Optional<ZoneId> zone = AnnouncementForm.zone(window.timeZone());
        if (zone.isEmpty()) {
            violations.add(new Violation("/window/timeZone", "not-a-zone"));
            return Optional.empty();
        }
        try {
            return Optional.of(new Window(
                    OffsetDateTime.parse(window.start()),
                    Optional.ofNullable(window.end()).map(OffsetDateTime::parse),
                    zone.get()));
        } catch (DateTimeException unreadable) {
            violations.add(new Violation("/window", "not-a-time"));
            return Optional.empty();
        }
    }

    private Optional<PolicyVersionId> readPolicy(List<Violation> violations) {
        try {
            return Optional.ofNullable(policyVersion).map(UUID::fromString).map(PolicyVersionId::new);
        } catch (IllegalArgumentException notAnId) {
            violations.add(new Violation("/policyVersion", "not-an-id"));
            return Optional.empty();
        }
    }

    private static final Pattern OF_A_POLICY = Pattern.compile("[a-z]+\\.(?:summary|policy-summary|policy-text)");

    /** {@code en.if-missed} as {@code /texts/en/ifMissed}. */
    static String pointer(String field) {
        return switch (field) {
            case "start", "end" -> "/window/" + field;
            case "undo" -> "/undoMinutes";
            case "policy" -> "/policyVersion";
            case "outcome", "at" -> "/" + field;
            case "prefix" -> "/actionRequired";
            default ->
                OF_A_POLICY.matcher(field).matches()
                        ? "/policyVersion"
                        : "/texts/" + field.replace('.', '/').replace("if-missed", "ifMissed");
        };
    }
}
