package org.tidings.mail.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.mail.internal.outcomes.Reply;

class PhrasesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250 2.0.0 Ok: queued as 4DBc9x1zKs|250 2.0.0 Ok: queued as *|4DBc9x1zKs",
                "250 2.0.0 OK  1732294546 d9443c01a7336-21f8 - gsmtp|250 2.0.0 OK  * * - gsmtp|1732294546 d9443c01a7336-21f8",
                "250 Ok|250 Ok|",
                "451 4.7.1 greylisted, come back|451 4.7.1 greylisted, come back|",
                "550 5.1.1 <…>: no such user|550 5.1.1 <…>: no such user|",
                "421 4.7.0 try * later 10.0.0.1|421 4.7.0 try * later *|* 10.0.0.1",
            })
    void keepsApartWhatIsOneReplysOwn(String text, String phrase, String detail) {
        Phrases.Split split = Phrases.Split.of(new Reply(Reply.Kind.ACCEPTED, text));

        assertThat(split).isEqualTo(new Phrases.Split(phrase, Optional.ofNullable(detail)));
        assertThat(Phrases.Split.joined(split.phrase(), split.detail())).isEqualTo(text);
    }
}
