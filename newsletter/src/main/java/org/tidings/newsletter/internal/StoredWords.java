package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.newsletter.ConsentWording;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.OwnText;
import org.tidings.newsletter.OwnWords;
import org.tidings.site.Languages;
import org.tidings.site.Now;
import org.tidings.site.Sql;
import org.tidings.site.Transactional;

/** Own words in the database, every version of them. */
@ApplicationScoped
@Transactional
class StoredWords implements OwnWords {

    private final AuditLog auditLog;
    private final Settings settings;
    private final Clock clock;
    private final Sql sql;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredWords() {
        this(null, null, null, (DataSource) null);
    }

    @Inject
    StoredWords(AuditLog auditLog, Settings settings, Clock clock, @NewsletterDb DataSource dataSource) {
        this.auditLog = auditLog;
        this.settings = settings;
        this.clock = clock;
        this.sql = new Sql(dataSource);
    }

    private record Row(String language, OwnText what, int version, OffsetDateTime since, String words) {}

    /** Oldest version first. */
    private List<Row> rows(UUID newsletter) {
        return sql.list(
                "select language, what, version, since, words from newsletter.own_words where newsletter = ?"
                        + " order by version",
                row -> new Row(
                        row.getString("language"),
                        OwnText.valueOf(row.getString("what")),
                        row.getInt("version"),
                        row.getObject("since", OffsetDateTime.class),
                        row.getString("words")),
                newsletter);
    }

    /** What holds, by language. */
    private Map<String, Map<OwnText, Row>> present(UUID newsletter) {
        Map<String, Map<OwnText, Row>> present = new TreeMap<>();
        for (Row row : rows(newsletter)) {
            present.computeIfAbsent(row.language(), l -> new EnumMap<>(OwnText.class))
                    .put(row.what(), row);
        }
        present.values()
                .forEach(texts -> texts.values().removeIf(row -> row.words().isEmpty()));
        present.values().removeIf(Map::isEmpty);
        return present;
    }

    @Override
    public List<Locale> languages(NewsletterId newsletter) {
        return present(newsletter.value()).keySet().stream()
                .map(Locale::forLanguageTag)
                .toList();
    }

    @Override
    public Map<OwnText, String> of(NewsletterId newsletter, Locale language) {
        return words(present(newsletter.value()).getOrDefault(language.toLanguageTag(), Map.of()));
    }

    private static Map<OwnText, String> words(Map<OwnText, Row> rows) {
        Map<OwnText, String> words = new EnumMap<>(OwnText.class);
        rows.forEach((text, row) -> words.put(text, row.words()));
        return words;
    }

    @Override
    public Map<OwnText, String> standard(Locale language) {
        Map<OwnText, String> standard = new EnumMap<>(OwnText.class);
        for (OwnText text : OwnText.values()) {
            Voice.ours(text, language).ifPresent(words -> standard.put(text, words));
        }
        return standard;
    }

    @Override
    public List<Version> versions(NewsletterId newsletter, Locale language, OwnText text) {
        return rows(newsletter.value()).stream()
                .filter(row -> row.what() == text && row.language().equals(language.toLanguageTag()))
                .map(row -> new Version(row.version(), row.since(), row.words()))
                .sorted((one, other) -> Integer.compare(other.version(), one.version()))
                .toList();
    }

    @Override
    public void set(NewsletterId newsletter, Locale language, Map<OwnText, String> texts, AccountId by) {
        lock(newsletter);
        WrittenWords written = WrittenWords.of(texts);
        Map<OwnText, Integer> versions = new HashMap<>();
        Map<OwnText, String> present = new EnumMap<>(OwnText.class);
        for (Row row : rows(newsletter.value())) {
            if (row.language().equals(language.toLanguageTag())) {
                versions.put(row.what(), row.version());
                present.put(row.what(), row.words());
            }
        }
        for (OwnText text : OwnText.values()) {
            String words = written.words(text);
            if (!words.equals(present.getOrDefault(text, ""))) {
                sql.update(
                        "insert into newsletter.own_words (newsletter, language, what, version, words, since)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        newsletter.value(),
                        language.toLanguageTag(),
                        text.name(),
                        versions.getOrDefault(text, 0) + 1,
                        words,
                        Now.by(clock));
            }
        }
        auditLog.record(by, NewsletterAction.SAY_OWN_WORDS, "newsletter", newsletter.value(), language.toLanguageTag());
    }

    /** Two at once write one version after the other. */
    private void lock(NewsletterId newsletter) {
        Optional<UUID> known = sql.first(
                "select id from newsletter.newsletter where id = ? for update",
                row -> row.getObject(1, UUID.class),
                newsletter.value());
        if (known.isEmpty()) {
            throw new NewsletterUnknown();
        }
    }

    @Override
    public Optional<Said> said(NewsletterView newsletter, OwnText text, Locale reader) {
        Voice voice = voice(newsletter, reader);
        return voice.own(text).map(words -> new Said(words, voice.language()));
    }

    /** How it speaks to a reader of this language. */
    Voice voice(NewsletterView newsletter, Locale reader) {
        return voice(newsletter.id().value(), newsletter.name(), newsletter.language(), reader);
    }

    Voice voice(UUID newsletter, String name, Locale written, Locale reader) {
        Map<String, Map<OwnText, Row>> present = present(newsletter);
        Locale language = spoken(present, written, reader);
        return new Voice(
                language,
                words(present.getOrDefault(language.toLanguageTag(), Map.of())),
                Map.of("newsletter", name, "site", settings.site().name()));
    }

    private static Locale spoken(Map<String, Map<OwnText, Row>> present, Locale written, Locale reader) {
        for (Locale wanted : List.of(reader, written)) {
            String tag = wanted.toLanguageTag();
            String code = wanted.getLanguage();
            if (present.containsKey(tag)) {
                return wanted;
            }
            if (present.containsKey(code)) {
                return Locale.forLanguageTag(code);
            }
            Optional<Locale> ours = Languages.offered(code);
            if (ours.isPresent()) {
                return ours.get();
            }
        }
        return Languages.FALLBACK;
    }

    /** What is agreed to: the version tells own words from ours. */
    ConsentWording consent(NewsletterView newsletter, Locale reader) {
        Map<String, Map<OwnText, Row>> present = present(newsletter.id().value());
        Voice voice = voice(newsletter, reader);
        Row own =
                present.getOrDefault(voice.language().toLanguageTag(), Map.of()).get(OwnText.CONSENT);
        return new ConsentWording(
                own == null ? Texts.in(voice.language()).get("consent.version") : "own-" + own.version(),
                voice.language(),
                voice.say(OwnText.CONSENT));
    }
}
