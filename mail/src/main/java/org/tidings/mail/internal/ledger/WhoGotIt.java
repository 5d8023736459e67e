package org.tidings.mail.internal.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailKind;
import org.tidings.mail.MailingId;
import org.tidings.mail.internal.outcomes.Codes;
import org.tidings.mail.internal.standing.People;
import org.tidings.site.Ids;
import org.tidings.site.Now;
import org.tidings.site.Sql;

/** What happened to whom, from the ledger: by mailing, by recipients of a mailing, by person. */
final class WhoGotIt {

    private static final int MAX_PAGE = 10_000;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String DECIDED =
            "select mailing, recipient, outcome as code, at, attempts, outcome >= 100 as doubtful,"
                    + " cast(null as timestamp with time zone) as next_try, server, reply, detail,"
                    + " written_to from mail.deliveries";
    private static final String TRIED_AGAIN =
            "select mailing, recipient, case when claim is null then state else 2 end as code, at,"
                    + " attempts, ever_doubtful as doubtful, next_try, server, reply, cast(null as varchar(60)) as detail,"
                    + " cast(null as uuid) as written_to from mail.retries";
    private static final String RECORDED = recorded(DECIDED + " union all " + TRIED_AGAIN);

    /** The code that {@link #RECORDED} gives to what is being tried at this moment. */
    private static final int CLAIMED = 2;

    private final Sql sql;
    private final Clock clock;
    private final People people;

    /** What is undecided of a mailing, as of one moment. */
    private record Undecided(
            int number,
            boolean active,
            String audience,
            AudienceQuery query,
            @Nullable UUID claimedTo,
            OffsetDateTime createdAt,
            OffsetDateTime notBefore) {}

    private record Range(UUID after, UUID to) {
        boolean holds(UUID recipient) {
            return Ids.compareUnsigned(recipient, after) > 0 && Ids.compareUnsigned(recipient, to) <= 0;
        }
    }

    WhoGotIt(Sql sql, Clock clock, People people) {
        this.sql = sql;
        this.clock = clock;
        this.people = people;
    }

    private static String recorded(String rows) {
        return "select m.id as mailing_id, x.mailing, x.recipient, x.code, x.at, x.attempts, x.doubtful, x.next_try, x.detail, x.written_to,"
                + " s.phrase as server_name, r.phrase as reply_text from (" + rows
                + ") x join mail.mailings m on m.number = x.mailing"
                + " left join mail.phrases s on s.id = x.server left join mail.phrases r on r.id = x.reply";
    }

    /** So many of one table from a recipient on, along its key: else every page would sort all that is left of the mailing. */
    private static String page(String rows, String wanted) {
        return "(select * from (" + rows + ") x where x.mailing = ? and x.recipient > ?" + wanted
                + " order by x.recipient limit ?)";
    }

    List<Delivery> deliveries(MailingId mailing, @Nullable DeliveryState state, @Nullable UUID after, int limit) {
        Optional<Integer> number = sql.first(
                "select number from mail.mailings where id = ?", row -> row.getInt("number"), mailing.value());
        if (number.isEmpty()) {
            return List.of();
        }
        UUID from = after == null ? NOBODY : after;
        String wanted = state == null
                ? ""
                : switch (state) {
                    case HANDED_OVER -> " and x.code in (1, 101)";
                    case FAILED -> " and x.code in (3, 103)";
                    case SKIPPED -> " and (x.code between 10 and 99 or x.code >= 110)";
                    case WAITING -> " and x.code = 0";
                    case CLAIMED -> " and x.code = 2";
                    case DEFERRED -> " and x.code = 4";
                    case DOUBTFUL -> " and x.code = 5";
                };
        int most = Math.min(limit, MAX_PAGE);
        return sql.list(
                recorded(page(DECIDED, wanted) + " union all " + page(TRIED_AGAIN, wanted))
                        + " order by x.recipient limit ?",
                WhoGotIt::delivery,
                number.get(),
                from,
                most,
                number.get(),
                from,
                most,
                most);
    }

    List<Delivery> deliveries(MailingId mailing, Collection<UUID> recipients) {
        Optional<Undecided> found = sql.first(
                "select * from mail.mailings where id = ?",
                row -> new Undecided(
                        row.getInt("number"),
                        row.getBoolean("active"),
                        row.getString("audience"),
                        new AudienceQuery(
                                MailKind.valueOf(row.getString("kind")),
                                Sql.id(row, "subject"),
                                Sql.time(row, "created_at")),
                        Sql.idOrNull(row, "claimed_to"),
                        Sql.time(row, "created_at"),
                        Sql.time(row, "not_before")),
                mailing.value());
        if (found.isEmpty() || recipients.isEmpty()) {
            return List.of();
        }
        Undecided undecided = found.get();
        // Before the records: who is recorded meanwhile has left the ranges for them.
        List<Range> claimed = sql.list(
                "select after_recipient, to_recipient from mail.claims where mailing = ? and not is_retry",
                row -> new Range(
                        Optional.ofNullable(Sql.idOrNull(row, "after_recipient"))
                                .orElse(NOBODY),
                        Optional.ofNullable(Sql.idOrNull(row, "to_recipient")).orElse(NOBODY)),
                undecided.number());
        Map<UUID, Delivery> all = new TreeMap<>(Ids::compareUnsigned);
        sql.list(
                        RECORDED + " where x.mailing = ? and x.recipient = any (?)",
                        WhoGotIt::delivery,
                        undecided.number(),
                        recipients)
                .forEach(recorded -> all.put(recorded.recipient(), recorded));
        if (undecided.active()) {
            recipients.stream()
                    .filter(recipient -> !all.containsKey(recipient))
                    .filter(recipient -> isOf(undecided, recipient))
                    .forEach(recipient -> stateOf(undecided, claimed, recipient)
                            .ifPresent(state -> all.put(recipient, undecided(mailing, undecided, recipient, state))));
        }
        return List.copyOf(all.values());
    }

    /** The first one behind the id just before hers is she herself, if she belongs to it. */
    private boolean isOf(Undecided mailing, UUID recipient) {
        long low = recipient.getLeastSignificantBits();
        UUID before = new UUID(recipient.getMostSignificantBits() - (low == 0 ? 1 : 0), low - 1);
        return people.audience(mailing.audience()).after(mailing.query(), before, 1).stream()
                .anyMatch(first -> first.recipient().equals(recipient));
    }

    private static Optional<DeliveryState> stateOf(Undecided mailing, List<Range> claimed, UUID recipient) {
        UUID to = mailing.claimedTo();
        if (to == null || Ids.compareUnsigned(recipient, to) > 0) {
            return Optional.of(DeliveryState.WAITING);
        }
        return claimed.stream().anyMatch(range -> range.holds(recipient))
                ? Optional.of(DeliveryState.CLAIMED)
                : Optional.empty();
    }

    private Delivery undecided(MailingId id, Undecided mailing, UUID recipient, DeliveryState state) {
        return new Delivery(
                id,
                recipient,
                state,
                mailing.createdAt(),
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(mailing.notBefore()).filter(at -> at.isAfter(Now.by(clock))));
    }

    List<Delivery> deliveriesTo(List<UUID> recipients, int limit) {
        return recipients.isEmpty()
                ? List.of()
                : sql.list(
                        RECORDED + " where x.recipient = any (?) order by x.at desc limit ?",
                        WhoGotIt::delivery,
                        recipients,
                        Math.min(limit, MAX_PAGE));
    }

    List<Delivery> deliveriesTo(MailingId mailing, UUID address) {
        return sql.list(
                recorded(DECIDED
                                + " where mailing = (select number from mail.mailings where id = ?) and written_to = ?")
                        + " order by x.at limit ?",
                WhoGotIt::delivery,
                mailing.value(),
                address,
                MAX_PAGE);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        int code = row.getInt("code");
        Optional<String> detail = Sql.text(row, "detail");
        return new Delivery(
                new MailingId(Sql.id(row, "mailing_id")),
                Sql.id(row, "recipient"),
                code == CLAIMED ? DeliveryState.CLAIMED : Codes.state(code),
                Sql.time(row, "at"),
                row.getInt("attempts"),
                row.getBoolean("doubtful"),
                Sql.text(row, "server_name"),
                Sql.text(row, "reply_text").map(phrase -> Diagnostic.of(Phrases.Split.joined(phrase, detail))),
                Codes.skipReason(code),
                Sql.timeOrNone(row, "next_try"),
                Optional.ofNullable(Sql.idOrNull(row, "written_to")));
    }
}
