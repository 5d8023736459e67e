package org.tidings.mail.internal.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;

/** The table of {@code docs/who-may-be-written-to.md}, cell by cell; "complained" and "hard-bounced" for an active account or a subscriber. */
class WhoMayBeWrittenToTest {

    private static final Path TABLE = Path.of("..", "docs", "who-may-be-written-to.md");
    private static final String HEAD =
            "| kind of mail | registration | active | subscribed | paused | unsubscribed | complained | hard-bounced | deactivated | erased |";

    static Stream<List<String>> rows() throws IOException {
        List<String> lines = Files.readAllLines(TABLE);
        int head = lines.indexOf(HEAD);
        assertThat(head).as("the head of the table").isNotNegative();
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
    }

    @Test
    void hasARowForEveryKind() throws IOException {
        assertThat(rows().map(row -> MailKind.valueOf(row.get(0)))).containsExactlyInAnyOrder(MailKind.values());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidesEveryCell(List<String> row) {
        MailKind kind = MailKind.valueOf(row.get(0));
        boolean letterOfAList = kind == MailKind.NEWSLETTER_ISSUE || kind == MailKind.WELCOME;
        PersonState normal = letterOfAList ? PersonState.SUBSCRIBED : PersonState.ACTIVE;

        assertThat(decision(kind, PersonState.REGISTRATION)).isEqualTo(row.get(1));
        assertThat(decision(kind, PersonState.ACTIVE)).isEqualTo(row.get(2));
        assertThat(decision(kind, PersonState.SUBSCRIBED)).isEqualTo(row.get(3));
        assertThat(decision(kind, PersonState.PAUSED)).isEqualTo(row.get(4));
        assertThat(decision(kind, PersonState.UNSUBSCRIBED)).isEqualTo(row.get(5));
        assertThat(decision(kind, normal, Suppression.COMPLAINED)).isEqualTo(row.get(6));
        assertThat(decision(kind, normal, Suppression.HARD_BOUNCED)).isEqualTo(row.get(7));
        assertThat(decision(kind, PersonState.DEACTIVATED)).isEqualTo(row.get(8));
        assertThat(decision(kind, PersonState.ERASED)).isEqualTo(row.get(9));
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRATION, NOT_CONFIRMED",
        "UNSUBSCRIBED, UNSUBSCRIBED",
        "PAUSED, PAUSED",
        "DEACTIVATED, DEACTIVATED",
        "ERASED, ERASED"
    })
    void saysWhyANewsletterIsNotSent(PersonState state, SkipReason reason) {
        assertThat(WhoMayBeWrittenTo.whyNot(MailKind.NEWSLETTER_ISSUE, state, Set.of(Suppression.COMPLAINED)))
                .isEqualTo(Optional.of(reason));
    }

    private static String decision(MailKind kind, PersonState state, Suppression... suppressed) {
        return WhoMayBeWrittenTo.whyNot(kind, state, Set.of(suppressed)).isEmpty() ? "yes" : "no";
    }
}
