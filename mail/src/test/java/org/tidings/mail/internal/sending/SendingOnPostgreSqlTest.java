package org.tidings.mail.internal.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
