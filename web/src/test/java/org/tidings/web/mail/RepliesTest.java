package org.tidings.web.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MessageClass;
import org.tidings.mail.SendingFigures;
import org.tidings.web.pages.TestPages;
import org.tidings.web.pages.Texts;

class RepliesTest {
    @Test
    void saysOurOwnWordsInTheReadersLanguageAndTheirsAsTheyAre() {
        var german = TestPages.anonymous(Locale.GERMAN);

        assertThat(Replies.words(german, Diagnostic.of("~turn google")))
                .isEqualTo("wartet, bis es bei google weitergeht");
        assertThat(Replies.words(german, Diagnostic.of("~given-up 450 4.2.0 {busy}")))
                .isEqualTo("aufgegeben: 450 4.2.0 {busy}");
        assertThat(Replies.words(german, Diagnostic.of("~given-up ~broke closed")))
                .isEqualTo("aufgegeben: die Verbindung brach ab: closed");
        assertThat(Replies.words(german, Diagnostic.of("550 5.1.1 User unknown")))
                .isEqualTo("550 5.1.1 User unknown");
        assertThat(Replies.inEnglish(Diagnostic.of("~hours"))).isEqualTo("waits for the mailing’s hours");
    }

    /** What was written down as a sentence, until reasons had codes, is said in the reader's language as well. */
    @Test
    void readsTheSentencesOfBefore() {
        assertThat(Diagnostic.of("given up: waits for its turn at google").kept())
                .isEqualTo("~given-up ~turn google");
    }

    @ParameterizedTest
    @EnumSource(Diagnostic.Why.class)
    void saysEachReasonInEachLanguage(Diagnostic.Why why) {
        String key = Replies.key(why);
        Texts texts = new Texts();
        String english = texts.text(Locale.ENGLISH, key, "x");

        assertThat(english).isNotEqualTo(key);
        assertThat(texts.text(Locale.GERMAN, key, "x")).isNotEqualTo(english);
        assertThat(texts.text(Locale.FRENCH, key, "x")).isNotEqualTo(english);
    }

    @Test
    void theOverviewSaysThatAMailingStopped() {
        var page = TestPages.render(
                "mail/card",
                Map.of(
                        "stopped",
                        List.of(StoppedMailing.of(MessageClass.NEWSLETTER)),
                        "alarms",
                        List.of(new SendingFigures.Alarm(
                                "BLOCKLISTED",
                                StoppedMailing.of(MessageClass.NEWSLETTER).at(),
                                StoppedMailing.of(MessageClass.NEWSLETTER).at(),
                                3,
                                Diagnostic.of("550 listed"))),
                        "restored",
                        true));

        assertThat(page.text())
                .contains("The database is older than this server")
                .contains("“May news” stopped by itself", "on a blocklist");
        assertThat(page.select("a[href=/staff/mail]")).hasSize(1);
    }
}
