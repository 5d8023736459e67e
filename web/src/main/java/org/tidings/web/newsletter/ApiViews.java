package org.tidings.web.newsletter;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Delivery;
import org.tidings.mail.DeliveryState;
import org.tidings.mail.MailingId;
import org.tidings.mail.MailingProgress;
import org.tidings.newsletter.IssueView;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.SubscriberView;
import org.tidings.web.mail.Replies;
import org.tidings.web.newsletter.Limits.LimitsJson;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** How the JSON API speaks of newsletters. Names of states and reasons are in lower case with hyphens. */
public final class ApiViews {

    private ApiViews() {}

    /** A newsletter; {@code access} is public, members or invited. */
    public record NewsletterJson(
            UUID id,
            String slug,
            String name,
            String description,
            String language,
            String cadence,
            boolean offered,
            String access,
            String listId,
            OffsetDateTime createdAt,
            long version) {

        static NewsletterJson of(NewsletterView view) {
            return new NewsletterJson(
                    view.id().value(),
                    view.slug(),
                    view.name(),
                    view.description(),
                    view.language().toLanguageTag(),
                    view.cadence(),
                    view.offered(),
                    word(view.access()),
                    view.listId(),
                    view.createdAt(),
                    view.version());
        }
    }

    /** An issue; {@code markdown} is left out of lists. */
    public record IssueJson(
            UUID id,
            UUID newsletter,
            String subject,
            String preheader,
            @Nullable String markdown,
            String state,
            @Nullable UUID mailing,
            @Nullable OffsetDateTime scheduledFor,
            @Nullable OffsetDateTime sentAt,
            OffsetDateTime createdAt,
            OffsetDateTime changedAt,
            LimitsJson limits,
            long version) {

        static IssueJson of(IssueView view) {
            String markdown = view.text().markdown();
            return new IssueJson(
                    view.id().value(),
                    view.newsletter().id().value(),
                    view.text().subject(),
                    view.text().preheader(),
                    markdown.isEmpty() ? null : markdown,
                    word(view.state()),
                    view.mailing().map(MailingId::value).orElse(null),
                    view.scheduledFor().orElse(null),
                    view.sentAt().orElse(null),
                    view.createdAt(),
                    view.changedAt(),
                    LimitsJson.of(view.limits()),
                    view.version());
        }
    }

    /** A mailing in figures. */
    public record MailingJson(
            UUID id,
            String state,
            long expected,
            long sent,
            long toGo,
            long failed,
            long deferred,
            long doubtful,
            Map<String, Long> skipped,
            double perSecond,
            OffsetDateTime startedAt,
            OffsetDateTime notBefore,
            @Nullable OffsetDateTime finishedAt) {

        public static MailingJson of(MailingProgress progress) {
            Map<String, Long> skipped = new TreeMap<>();
            progress.skipped().forEach((reason, count) -> skipped.put(word(reason), count));
            return new MailingJson(
                    progress.mailing().value(),
                    word(progress.state()),
                    progress.expected(),
                    progress.sent(),
                    progress.toGo(),
                    progress.failed(),
                    progress.deferred(),
                    progress.doubtful(),
                    skipped,
                    progress.perSecond(),
                    progress.startedAt(),
                    progress.notBefore(),
                    progress.finishedAt().orElse(null));
        }
    }

    /** What happened to one recipient; {@code recipient} is a subscription's or an account's id. */
    public record DeliveryJson(
            UUID recipient,
            String state,
            OffsetDateTime at,
            int attempts,
            boolean doubtful,
            @Nullable String reply,
            @Nullable String skipped,
            @Nullable OffsetDateTime nextTry) {

        /** Null for all. @throws Problem if there is no such state */
        public static @Nullable DeliveryState stateOf(@Nullable String name) {
            if (name == null || name.isEmpty()) {
                return null;
            }
            for (DeliveryState state : DeliveryState.values()) {
                if (word(state).equals(name)) {
                    return state;
                }
            }
            throw new Problem(ProblemType.BAD_REQUEST, List.of(new Violation("/state", "unknown")));
        }

        public static DeliveryJson of(Delivery delivery) {
            return new DeliveryJson(
                    delivery.recipient(),
                    word(delivery.state()),
                    delivery.at(),
                    delivery.attempts(),
                    delivery.everDoubtful(),
                    delivery.reply().map(Replies::inEnglish).orElse(null),
                    delivery.skipped().map(ApiViews::word).orElse(null),
                    delivery.nextTry().orElse(null));
        }
    }

    /** A subscriber of one newsletter; {@code subscription} is the recipient's id in mailings, {@code zone} as Europe/Berlin. */
    public record SubscriberJson(
            UUID subscription,
            String address,
            String name,
            @Nullable String zone,
            String state,
            OffsetDateTime since,
            @Nullable String endedBy) {

        static SubscriberJson of(SubscriberView view) {
            return new SubscriberJson(
                    view.subscription(),
                    view.address(),
                    view.name(),
                    view.zone().map(ZoneId::getId).orElse(null),
                    word(view.state()),
                    view.since(),
                    view.ended().map(ApiViews::word).orElse(null));
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
