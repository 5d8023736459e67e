package org.tidings.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.mail.testing.RecordingSmtpServer.Mail;
import org.tidings.mail.testing.TestDatabase;

class SendingOnPostgreSqlTest extends SendingContract {

    @TempDir
    Path otherFolder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgreSql("mail");
    }

    @Test
    void twoProcessesShareAMailing() {
        people.addMany(2_000);
        server.delayEveryMail(2);
        try (EngineUnderTest one = start();
                EngineUnderTest two = EngineUnderTest.started(database, people, settings(), otherFolder)) {
            MailingId mailing = one.start(MailKind.NEWSLETTER_ISSUE);

            MailingProgress done = one.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(2_000);
            assertThat(server.mails()).hasSize(2_000).extracting(Mail::to).doesNotHaveDuplicates();
            assertThat(two.progress(mailing).sent()).isEqualTo(2_000);
        }
    }

    @Test
    void killingOneOfTwoProcessesCostsNobodyAMail() {
        people.addMany(2_000);
        server.delayEveryMail(2);
        EngineUnderTest killed = start();
        try (EngineUnderTest two = EngineUnderTest.started(database, people, settings(), otherFolder)) {
            MailingId mailing = two.start(MailKind.NEWSLETTER_ISSUE);
            server.await(200);
            killed.kill();

            MailingProgress done = two.awaitFinished(mailing);

            assertThat(done.sent()).isEqualTo(2_000);
            Set<String> addresses = new HashSet<>();
            server.mails().forEach(m -> addresses.add(m.to()));
            assertThat(addresses).hasSize(2_000);
            assertThat((long) server.mails().size()).isLessThanOrEqualTo(2_000 + done.doubtful());
            assertThat(done.doubtful()).isLessThanOrEqualTo(4);
        }
    }
}
