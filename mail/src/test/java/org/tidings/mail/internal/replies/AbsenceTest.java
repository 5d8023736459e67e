package org.tidings.mail.internal.replies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 <ann@example.net>... User unknown",
                "550 User not found:ann@example.net",
                "550-5.1.1 The email account that you tried to reach\n550-5.1.1 does not exist. Please try\n550 5.1.1 again",
                "554 Rcpt <ann@example.net> does not exist",
                "550 no mail box here by that name",
                "550 UNKNOWN_RECIPIENT (x17)",
                "550 unknown or illegal alias: ann@example.net",
                "550 User [ann@example.net] is not a registered recipient",
                "551 this address isn't a known mailbox",
                "553 sorry, no such local account",
                "550 Mailbox for ann@example.net was not found",
                "550 This user doesn't have an example.net account",
                "Could not find the recipient in the directory",
                "550 nobody here by that name"
            })
    void nobodyIsThere(String words) {
        assertThat(Absence.ofUser(Words.of(words))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 Recipient refused: sender unknown",
                "554 mail for this user is rejected, client host not found",
                "550 your IP address is not registered with us",
                "550 ann@example.net is not a registered gateway user",
                "535 invalid user name or password",
                "501 bad address syntax",
                "The computer may be turned off, or does not have a mail system running",
                "192.0.2.1 does not like recipient. Remote host said: 550 no",
                "550 5.1.0 Recipient rejected",
                "550 error: no valid recipients from 192.0.2.1",
                "this file does not exist"
            })
    void somebodyMayBeThere(String words) {
        assertThat(Absence.ofUser(Words.of(words))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host or domain name not found. Name service error for name=example.invalid",
                "550 unknown mail domain example.invalid",
                "no such host example.invalid",
                "550 The domain example.invalid does not exist",
                "unrouteable mail domain \"example.invalid\""
            })
    void noSuchHost(String words) {
        assertThat(Absence.ofHost(Words.of(words))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 mailbox temporarily disabled",
                "550 account is temporarily not available",
                "550 This mailbox is unavailable temporarily"
            })
    void whatPassesIsNotForEver(String words) {
        assertThat(Absence.isPassing(Words.of(words))).isTrue();
    }
}
