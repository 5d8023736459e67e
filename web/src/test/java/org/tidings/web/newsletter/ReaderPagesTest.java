package org.tidings.web.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeId;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeValue;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.newsletter.ConsentView;
import org.tidings.newsletter.Means;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.OwnWords;
import org.tidings.newsletter.Preferences.Behind;
import org.tidings.newsletter.Preferences.Kind;
import org.tidings.newsletter.Sittings.Choice;
import org.tidings.newsletter.Sittings.Sheet;
import org.tidings.newsletter.SubscriptionState;
import org.tidings.newsletter.SubscriptionView;
import org.tidings.newsletter.Subscriptions.Confirmation;
import org.tidings.site.Languages;
import org.tidings.web.newsletter.MySubscriptionsResource.Line;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.SentMail;
import org.tidings.web.pages.TestPages;

/** The pages of readers, in both languages. */
class ReaderPagesTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-30T10:00:00Z");
    private static final NewsletterView NOTES = newsletter(1, "Field Notes");
    private static final NewsletterView POST = newsletter(2, "<b>Monatspost");

    private static NewsletterView newsletter(long id, String name) {
        return new NewsletterView(
                new NewsletterId(new UUID(5, id)),
                "paper-" + id,
                name,
                "What is new.",
                Locale.ENGLISH,
                "weekly",
                "",
                "",
                "paper-" + id + ".example.org",
                true,
                NOW,
                1);
    }

    record Shown(String template, Map<String, Object> parameters) {
        @Override
        public String toString() {
            return template;
        }
    }

    private static SubscriptionView subscription(NewsletterView newsletter, SubscriptionState state) {
        return new SubscriptionView(new UUID(7, 7), newsletter, state, NOW, Optional.empty());
    }

    private static Behind behind(SubscriptionState state) {
        return new Behind(Kind.OWN, Optional.of(subscription(NOTES, state)), "a…@example.org", true);
    }

    private static SentMail unusual() {
        return new SentMail("zo…@example.org", "/subscribe", List.of(new SentMail.Field("address", "zoë@example.org")));
    }

    /** Who waits for a mail is told when none can come, and before that is known, that this may be so. */
    @Test
    void saysThatNoMailCanCome() {
        var parameters = Map.<String, Object>of("sender", "account@example.org", "mail", unusual());
        Document waiting = TestPages.render("newsletters/sent", parameters);
        Document known = TestPages.render(
                "newsletters/sent", Map.of("sender", "account@example.org", "mail", unusual(), "unreachable", true));

        assertThat(waiting.select("main").text()).contains("on its way", "Not every mail server can carry the “ë”");
        assertThat(known.select("main").text())
                .contains("cannot carry the “ë”")
                .doesNotContain("on its way", "Send again");
    }

    /** Whatever an editor begins with, headings are one below another under the page's own. */
    @Test
    void putsHeadingsOneBelowAnother() {
        assertThat(Written.below("<h2>a</h2><h3>b</h3><h2>c</h2>")).isEqualTo("<h2>a</h2><h3>b</h3><h2>c</h2>");
        assertThat(Written.below("<h3>a</h3><h6>b</h6><h1>c</h1><h2>d</h2>"))
                .isEqualTo("<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3>");
        assertThat(Written.below("<h1>a</h1>")).isEqualTo("<h2>a</h2>");
    }

    static Stream<Shown> pages() {
        Form form = Form.empty();
        Sheet sheet = new Sheet(
                "ada@example.org",
                false,
                Locale.GERMAN,
                Optional.empty(),
                List.of(
                        new Choice(NOTES, Optional.of(SubscriptionState.CONFIRMED), "Words"),
                        new Choice(POST, Optional.of(SubscriptionState.PENDING), "Words")));
        Confirmation confirmation = new Confirmation(
                List.of(NOTES, POST), List.of(NOTES), true, false, Optional.of("/preferences/t"), Map.of());
        return Stream.of(
                new Shown("newsletters/leave", Map.of("token", "t", "behind", behind(SubscriptionState.CONFIRMED))),
                new Shown("newsletters/leave", Map.of("token", "t", "behind", behind(SubscriptionState.UNSUBSCRIBED))),
                new Shown(
                        "newsletters/preferences", Map.of("token", "t", "behind", behind(SubscriptionState.CONFIRMED))),
                new Shown("newsletters/preferences", Map.of("token", "t", "behind", behind(SubscriptionState.PENDING))),
                new Shown(
                        "newsletters/preferences",
                        Map.of("token", "t", "behind", behind(SubscriptionState.UNSUBSCRIBED))),
                new Shown(
                        "newsletters/leave",
                        Map.of(
                                "token",
                                "t",
                                "behind",
                                new Behind(
                                        Kind.OWN,
                                        Optional.of(subscription(NOTES, SubscriptionState.UNSUBSCRIBED)),
                                        "a…@example.org",
                                        false,
                                        true),
                                "goodbye",
                                Optional.of(new OwnWords.Said("<b>Bye", Locale.ENGLISH)))),
                new Shown(
                        "newsletters/preferences",
                        Map.of(
                                "token",
                                "t",
                                "behind",
                                new Behind(
                                        Kind.OWN,
                                        Optional.of(new SubscriptionView(
                                                new UUID(7, 7),
                                                NOTES,
                                                SubscriptionState.CONFIRMED,
                                                NOW,
                                                Optional.empty(),
                                                Optional.of(NOW))),
                                        "a…@example.org",
                                        false))),
                new Shown("newsletters/readers-only", Map.of()),
                new Shown("newsletters/damaged", Map.of("kind", "damaged", "form", form)),
                new Shown("newsletters/damaged", Map.of("kind", "moved", "form", form)),
                new Shown("newsletters/damaged", Map.of("kind", "over", "form", form)),
                new Shown("newsletters/erased", Map.of()),
                new Shown("newsletters/nothing", Map.of()),
                new Shown("newsletters/manage", Map.of("form", form)),
                new Shown("newsletters/manage-sent", Map.of("sender", "account@example.org")),
                new Shown(
                        "newsletters/sent",
                        Map.of(
                                "sender",
                                "account@example.org",
                                "mail",
                                new SentMail("ad…@example.org", "/subscribe", List.of()))),
                new Shown(
                        "newsletters/sent",
                        Map.of("sender", "account@example.org", "mail", unusual(), "unreachable", true)),
                new Shown("newsletters/index", Map.of("newsletters", List.of(NOTES, POST), "form", form)),
                new Shown("newsletters/index", Map.of("newsletters", List.of(), "form", form)),
                new Shown("newsletters/manage-open", Map.of("token", "t")),
                new Shown(
                        "newsletters/manage-sheet",
                        Map.of("token", "t", "sheet", sheet, "form", form, "languages", Map.of("de", "Deutsch"))),
                new Shown(
                        "newsletters/manage-erase",
                        Map.of(
                                "token",
                                "t",
                                "address",
                                "ada@example.org",
                                "names",
                                List.of("<b>"),
                                "form",
                                Form.empty().reject("sure", "newsletters.manage.erase.unsure"))),
                new Shown("newsletters/confirmed", Map.of("confirmation", confirmation)),
                new Shown("newsletters/unusable", Map.of("used", true, "form", form)),
                new Shown("newsletters/unusable", Map.of("used", false, "form", form)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysEverythingInEveryLanguage(Shown shown) {
        for (Locale language : Languages.ALL) {
            Document page = TestPages.render(shown.template(), shown.parameters(), TestPages.anonymous(language));
            assertThat(page.select("h1")).hasSize(1);
            assertThat(page.text()).doesNotContain("newsletters.", "site.", "accounts.");
            assertThat(page.select("main b")).isEmpty();
            assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        }
    }

    /** MBR-08: no dead link is a dead end. */
    @Test
    void everyDeadLinkHasAFieldForTheAddress_MBR08() {
        for (String template : List.of("newsletters/damaged", "newsletters/unusable")) {
            Document page = TestPages.render(template, Map.of("kind", "damaged", "used", false, "form", Form.empty()));
            assertThat(page.select("form[action=/manage] [name=address]")).hasSize(1);
        }
        assertThat(TestPages.render("accounts/link-dead", Map.of("kind", "reset", "form", Form.empty()))
                        .select("form[action=/reset] [name=address]"))
                .hasSize(1);
    }

    /** MBR-14, MBR-15. */
    @Test
    void buttonsSayWhatTheyAreAboutAndRegionsHaveNamesOfTheirOwn_MBR14_MBR15() {
        Document page = TestPages.render(
                "newsletters/mine",
                Map.of(
                        "lines",
                        List.of(
                                new Line(NOTES, Optional.of(subscription(NOTES, SubscriptionState.CONFIRMED)), "Words"),
                                new Line(POST, Optional.empty(), "Words")),
                        "consents",
                        List.of(new ConsentView(
                                NOTES.id(), true, NOW, Means.MEMBER_PAGE, Optional.empty(), "2026-11", "", "")),
                        "names",
                        Map.of()),
                TestPages.signedIn(Locale.GERMAN));

        assertThat(page.select("main button[name=do]").eachText())
                .containsExactly("Abbestellen: Field Notes", "Abonnieren: <b>Monatspost");
        assertThat(page.select("main section[aria-labelledby], main [role=region][aria-labelledby]")
                        .eachAttr("aria-labelledby"))
                .doesNotHaveDuplicates();
        Document home = TestPages.render(
                "newsletters/home",
                Map.of("newsletters", List.of(NOTES, POST), "form", Form.empty()),
                TestPages.anonymous(Locale.GERMAN));
        for (Element link : home.select(".card .actions a")) {
            assertThat(link.attr("aria-label"))
                    .as("the name is what is seen, and more")
                    .isEmpty();
            assertThat(link.text()).startsWith("Beispiel ansehen");
        }
        assertThat(home.select(".card .actions a").eachText()).doesNotHaveDuplicates();
    }

    private static final AttributeView TOWN = new AttributeView(
            new AttributeId(new UUID(9, 9)),
            new AttributeDetails(
                    "town",
                    AttributeType.TEXT,
                    Map.of(Locale.ENGLISH, new AttributeWords("Your <b>town", "To tell you of meetings near you.")),
                    List.of(),
                    Set.of(AttributeParty.READER),
                    Set.of(AttributeParty.READER)),
            0);

    @Test
    void showsWhatIsAskedForWithWhatItIsFor_P1() {
        var value = new AttributeValue(TOWN, "<b>Bern", AttributeOrigin.IMPORT, NOW);
        for (Shown shown : List.of(
                new Shown(
                        "newsletters/details",
                        Map.of(
                                "form",
                                Form.empty()
                                        .fill("about-town", "<b>Bern")
                                        .reject("about-town", "newsletters.known.wrong.too-long"),
                                "fields",
                                List.of(TOWN),
                                "facts",
                                List.of(value))),
                new Shown(
                        "newsletters/plain",
                        Map.of(
                                "newsletter",
                                NOTES,
                                "form",
                                Form.empty(),
                                "onceMore",
                                false,
                                "wording",
                                "Yes.",
                                "fields",
                                List.of(TOWN))))) {
            for (Locale language : Languages.ALL) {
                Document page = TestPages.render(shown.template(), shown.parameters(), TestPages.anonymous(language));
                Element field = page.expectFirst("input[name=about-town]");
                assertThat(field.hasAttr("required")).isFalse();
                assertThat(page.select("label[for=" + field.id() + "]").text()).contains("Your <b>town");
                assertThat(page.select("#h-about-town").text()).isEqualTo("To tell you of meetings near you.");
                assertThat(page.select("main b")).isEmpty();
                assertThat(page.text()).doesNotContain("newsletters.");
            }
        }
    }
}
