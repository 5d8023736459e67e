package org.tidings.announcements.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.Place;
import org.tidings.announcements.PolicyKind;
import org.tidings.announcements.PolicyText;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.PolicyVersionId;
import org.tidings.announcements.Slot;
import org.tidings.announcements.internal.ContentBuilder;
import org.tidings.announcements.internal.policies.FirstPolicies;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.site.Languages;

/** SVC-04, SVC-06, ANN-03, MBR-10: nothing promotional passes unseen, and the honest passes. */
class HonestyLintTest {

    private final HonestyLint lint = new HonestyLint(new Links(Set.of("example.org", "status.example.net")));

    @Test
    void findsNothingInAnHonestNotice() {
        assertThat(lint.findings(ContentBuilder.aMaintenance().inGerman().build()))
                .isEmpty();
    }

    @Test
    void findsNothingInTheShippedPolicyTheSampleAndTheEndings() {
        PolicyVersion shipped = policy(FirstPolicies.texts(Languages.ALL));
        assertThat(lint.findings(shipped, Optional.empty())).isEmpty();
        for (Locale language : Languages.ALL) {
            Texts texts = Texts.in(language);
            List<String> ours = texts.bundle().keySet().stream()
                    .filter(key -> key.startsWith("sample.") || key.startsWith("ending."))
                    .map(texts::text)
                    .toList();
            assertThat(ours)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(text -> assertThat(in(text)).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Premium now 20 % off | BENEFIT",
                "The Pro plan, only $9.99 | PRICE",
                "A new plan for you | OFFER",
                "Don't miss it | URGENCY",
                "UPGRADE today | INVITATION",
                "Wouldn't it be nice to have your own logo? | QUESTION",
                "Please subscribe to our newsletter again. | CONSENT_REQUEST",
                "Jetzt mit Rabatt | BENEFIT",
                "Unser Sonderangebot für Sie | BENEFIT",
                "Look here!! | EXCLAMATION_MARK",
                "We are done 🎉 | EMOJI",
                "https://example.org/pricing | SHOP_LINK",
                "https://example.org/x?utm_source=mail | TRACKING_LINK",
                "https://example.org/x?utm%5Fsource=mail | TRACKING_LINK",
                "https://evil.example/ | FOREIGN_LINK",
                "www.evil.example | FOREIGN_LINK",
                "evil.example/offer | FOREIGN_LINK",
                "See evil.com for more | FOREIGN_LINK",
                "See Evil.Com for more | FOREIGN_LINK",
                "//evil.example/x | FOREIGN_LINK",
                "evil[.]example | FOREIGN_LINK",
                "https://ev\u200bil.example/ | FOREIGN_LINK",
                "http:/evil.example/ | FOREIGN_LINK",
                "203.0.113.7/offer | FOREIGN_LINK",
                "https://example.org@evil.example/ | FOREIGN_LINK",
                "https://ex\u0430mple.org/ | FOREIGN_LINK",
                "https://example.org.evil.example/ | FOREIGN_LINK",
                "javascript://example.org/%0aalert(1) | FOREIGN_LINK",
                "https://example.org/go?to=https://evil.example/ | REDIRECT_LINK",
                "https://example.org/go?to=https%3A%2F%2Fevil.example%2F | REDIRECT_LINK",
                "https://example.org/go?to=https%253A%252F%252Fevil.example | REDIRECT_LINK",
                "https://example.org/go?to=//evil.example/x | REDIRECT_LINK",
                "https://example.org/go?to=evil.example | REDIRECT_LINK",
                "https://example.org/r/https://evil.example/ | REDIRECT_LINK",
                "https://example.org/go?u=aHR0cHM6Ly9ldmlsLmV4YW1wbGU | REDIRECT_LINK"
            })
    void finds(String text, Rule rule) {
        assertThat(in(text)).extracting(Finding::rule).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Premium with a discou\u200bnt for you",
                "Premium with a dis\u00adcount for you",
                "S A L E on all plans",
                "S.A.L.E on all plans, half price",
                "Get a D-I-S-C-O-U-N-T on Premium",
                "5ave up to 50 percent",
                "Get your fr33 tr1al today",
                "$ave 20 % on our new plan",
                "ｓａｖｅ ２０％ ｏｎ ｏｕｒ ｎｅｗ ｐｌａｎ",
                "\u0441\u0430v\u0435 20 % on our new plan, s\u0430v\u0435 big",
                "Upgr\u0430d\u0435 t\u043ed\u0430y",
                "𝗨𝗽𝗴𝗿𝗮𝗱𝗲 𝘁𝗼𝗱𝗮𝘆",
                "🅂🄰🄻🄴: everything is reduced",
                "R A B A T T auf alles",
                "Ra\u200dbattaktion für Mitglieder"
            })
    void readsDisguisedWords_ANN03(String text) {
        assertThat(in(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Découvrez notre nouvelle offre, gratuite pendant un mois.",
                "Profitez de nos soldes : 30 % de réduction.",
                "Descubra nuestra nueva suscripción, gratis durante un mes.",
                "Aproveche la oferta: mitad de precio hasta el domingo.",
                "Scopri il nostro nuovo abbonamento, gratis per un mese.",
                "Approfitta dello sconto: solo oggi a metà prezzo.",
                "Odkrijte našo novo ponudbo: prvi mesec zastonj.",
                "Izkoristite popust, samo danes polovična cena."
            })
    void hearsOffersInOtherLanguages_ANN03(String text) {
        assertThat(in(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See https://example.org/announcements.",
                "See https://status.example.net/now for more",
                "Open example.org/me/data to see it.",
                "https://example.org/sign-in?to=/me/sessions",
                "Write to service@example.org.",
                "We will be back within 90 minutes",
                "Bitte speichern Sie vorher.",
                "A freeway and a window",
                "Please try again after midnight.",
                "Disk space is free again.",
                "We upgraded the database servers.",
                "We are limited to read-only mode.",
                "Save your work before ten.",
                "Please save your work before ten tonight.",
                "Save your files before nine.",
                "Sichern Sie Ihre Arbeit vor zehn.",
                "Bitte sichern Sie Ihre Dateien vor neun.",
                "Speichern Sie Ihre Texte vor zehn Uhr.",
                "Best regards",
                "Special characters were lost.",
                "The shop was down.",
                "Feel free to write to us.",
                "20 % of requests failed.",
                "Signing in fails for about 20 % of members. Please try again in an hour.",
                "Für eine Stunde begrenzt.",
                "Nur noch lesender Zugriff.",
                "Bitte versuchen Sie es in einer Stunde noch einmal.",
                "Wir testen die Sicherung.",
                "Bitte probieren Sie es später noch einmal.",
                "Pour le moment, les serveurs sont en panne.",
                "Der Server ist wieder erreichbar, z. B. unter example.org/status.",
                "Version 4.2.1 is installed at 10.15 a.m. on 3.12. as planned."
            })
    void letsPass(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void findsMoreThanTwoLinksInOneLanguage() {
        assertThat(in("https://example.org/a https://example.org/b https://example.org/c"))
                .extracting(Finding::rule)
                .containsExactly(Rule.MANY_LINKS);
    }

    @Test
    void looksAtEveryLanguageAndSlot() {
        assertThat(lint.findings(ContentBuilder.aMaintenance()
                        .inGerman()
                        .with(Locale.GERMAN, Slot.HEADLINE, "Unser Sonderangebot für Sie")
                        .build()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.language()).isEqualTo(Locale.GERMAN);
                    assertThat(finding.place()).isEqualTo(Place.HEADLINE);
                    assertThat(finding.passage()).isEqualTo("Sonderangebot");
                });
    }

    @Test
    void givesThePassageInItsSentence() {
        Finding finding =
                in("The site was slow since yesterday evening. Upgrade today and it\nnever is. We are sorry for that.")
                        .get(0);

        assertThat(finding.sentence()).isEqualTo("Upgrade today and it never is.");
        assertThat(finding.sentence()).contains(finding.passage());
        assertThat(finding.passage()).isEqualTo("Upgrade today");
    }

    /** ANN-01: the summary is mailed, and the text is shown; of the text, what the version before did not say. */
    @Test
    void readsSummaryAndTextOfAPolicyInEveryLanguage_ANN01() {
        PolicyVersion before = policy(Map.of(
                Locale.ENGLISH, new PolicyText("# Policy\n\nTry our new Premium plan today.", ""),
                Locale.GERMAN, new PolicyText("# Richtlinie", "")));
        PolicyVersion version = policy(Map.of(
                Locale.ENGLISH,
                        new PolicyText(
                                "# Policy\n\nTry our new Premium plan today.\n\n[Premium](https://shop.evil.example/buy?utm_source=x)"
                                        + "\n\nG&#101;t your fr&#101;e **trial**.",
                                "Upgrade to HESK Premium now and save 50 %!"),
                Locale.GERMAN, new PolicyText("# Richtlinie", "Jetzt Premium kaufen und 50 % sparen!")));

        List<Finding> findings = lint.findings(version, Optional.of(before));

        assertThat(findings)
                .extracting(Finding::language, Finding::place)
                .contains(
                        tuple(Locale.ENGLISH, Place.POLICY_SUMMARY),
                        tuple(Locale.GERMAN, Place.POLICY_SUMMARY),
                        tuple(Locale.ENGLISH, Place.POLICY_TEXT));
        assertThat(findings)
                .filteredOn(finding -> finding.place() == Place.POLICY_TEXT)
                .extracting(Finding::rule)
                .contains(Rule.FOREIGN_LINK, Rule.TRACKING_LINK, Rule.SHOP_LINK);
        assertThat(findings).noneMatch(finding -> finding.sentence().contains("new Premium plan"));
        assertThat(findings).anyMatch(finding -> finding.sentence().contains("Get your free trial"));
    }

    private static PolicyVersion policy(Map<Locale, PolicyText> texts) {
        return new PolicyVersion(
                new PolicyVersionId(new UUID(1, 1)),
                1,
                PolicyKind.PRIVACY,
                2,
                LocalDate.parse("2026-12-31"),
                texts,
                Optional.empty(),
                Optional.empty());
    }

    private List<Finding> in(String text) {
        return lint.findings(ContentBuilder.aMaintenance().with(Slot.WHAT, text).build());
    }
}
