package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.Letter;
import org.tidings.mail.MailKind;
import org.tidings.mail.Outbox;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.SentLetter;
import org.tidings.mail.SkipReason;
import org.tidings.mail.internal.composing.ByteSink;
import org.tidings.mail.internal.composing.MessageTemplate;
import org.tidings.mail.internal.layout.MailLayout;
import org.tidings.mail.internal.machine.Machine;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.secrets.KeyedHashes;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.standing.Suppressions;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/**
 * Letters as rows. A letter is written whole when it is posted: its Date and Message-ID stay the same at every try, and a text
 * that cannot be sent is refused while the poster is there.
 */
public final class PostedLetters implements Outbox {

    private static final int MAX_SOURCE = 1_000_000;
    private static final int MOST_AT_ONCE = 1_000;

    private final Sql sql;
    private final Clock clock;
    private final MailSettings settings;
    private final MailLayout layout;
    private final KeyedHashes hashes;
    private final Suppressions suppressions;
    private final Machine machine;

    public PostedLetters(Sql sql, Clock clock, MailSettings settings, KeyedHashes hashes, Machine machine) {
        this.sql = sql;
        this.clock = clock;
        this.settings = settings;
        this.layout = new MailLayout(settings.siteName(), settings.postalAddress(), settings.theme());
        this.hashes = hashes;
        this.machine = machine;
        this.suppressions = new Suppressions(sql, hashes, clock);
    }

    @Override
    public UUID post(Letter letter) {
        UUID id = machine.newId();
        OffsetDateTime now = Now.by(clock);
        RenderedMail mail = layout.render(letter.kind().messageClass(), letter.subject(), letter.body());
        MessageTemplate template = MessageTemplate.compile(
                settings,
                letter.kind(),
                letter.purpose().replaceAll("[^A-Za-z0-9-]", "-"),
                mail,
                List.of(),
                letter.list(),
                letter.slots()::containsKey);
        ByteSink out = new ByteSink(32_768);
        template.write(
                new MessageTemplate.Recipient(
                        letter.to(),
                        letter.name(),
                        now,
                        hashes.messageId(id, letter.person(), settings.domain()),
                        "",
                        letter.slots()),
                out);
        if (out.length() > MAX_SOURCE) {
            throw new IllegalArgumentException("a letter of more than 1 MB");
        }
        String address = MessageTemplate.deliveryAddress(letter.to());
        UUID addressHash = hashes.of(letter.to());
        // Nobody was there, and today's one try is made: on record, and whoever asked gets the same answer as always.
        boolean skipped = provesMailbox(letter.kind()) && !suppressions.mayProbe(addressHash, now);
        sql.update(
                "insert into mail.letters (id, kind, purpose, realm, person, address, address_hash, utf8_address, source,"
                        + " posted_at, expires_at, state, attempts, ever_doubtful, next_try, at, skipped)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, false, ?, ?, ?)",
                id,
                letter.kind().name(),
                letter.purpose(),
                letter.realm(),
                letter.person(),
                address,
                addressHash,
                address.chars().anyMatch(c -> c >= 0x80),
                skipped ? null : out.copy(),
                now,
                letter.expiresAt(),
                skipped ? Codes.SKIPPED : Codes.WAITING,
                skipped ? null : now,
                now,
                skipped ? Codes.of(SkipReason.HARD_BOUNCED) : null);
        return id;
    }

    private static boolean provesMailbox(MailKind kind) {
        return kind == MailKind.REGISTRATION_CONFIRMATION
                || kind == MailKind.SUBSCRIPTION_CONFIRMATION
                || kind == MailKind.MAILBOX_PROOF;
    }

    @Override
    public List<SentLetter> lettersTo(String realm, UUID person, int limit) {
        return sql.list(
                "select id, purpose, posted_at, state, at, reply, skipped, next_try, node from mail.letters"
                        + " where person = ? and realm = ? order by posted_at desc, id desc limit ?",
                PostedLetters::sent,
                person,
                realm,
                Math.min(limit, MOST_AT_ONCE));
    }

    private static SentLetter sent(ResultSet row) throws SQLException {
        int skipped = row.getInt("skipped");
        int code = row.wasNull() ? row.getInt("state") : Codes.SKIPPED + skipped;
        boolean onItsWay = Sql.idOrNull(row, "node") != null;
        return new SentLetter(
                Sql.id(row, "id"),
                row.getString("purpose"),
                Sql.time(row, "posted_at"),
                onItsWay ? DeliveryState.CLAIMED : Codes.state(code),
                Sql.time(row, "at"),
                Sql.text(row, "reply").filter(text -> !text.isEmpty()).map(Diagnostic::of),
                Codes.skipReason(code),
                Sql.timeOrNone(row, "next_try"));
    }

    @Override
    public void withdraw(String realm, UUID person) {
        // Also what has been claimed: it is looked for again before the content goes out.
        sql.update(
                "delete from mail.letters where person = ? and realm = ? and next_try is not null"
                        + " and kind not in ('ACCOUNT_RECEIPT', 'LAST_RECEIPT')",
                person,
                realm);
    }

    @Override
    public void forget(String realm, UUID person) {
        sql.update(
                "delete from mail.letters where person = ? and realm = ?"
                        + " and (kind <> 'LAST_RECEIPT' or next_try is null)",
                person,
                realm);
    }
}
