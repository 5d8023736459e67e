package org.tidings.announcements.internal.composing;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementType;
import org.tidings.announcements.Change;
import org.tidings.announcements.Outcome;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.Slot;
import org.tidings.announcements.Wording;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.announcements.internal.words.Texts;
import org.tidings.announcements.internal.words.Times;
import org.tidings.mail.Attachment;
import org.tidings.mail.MailBody;
import org.tidings.mail.MailBody.Fact;
import org.tidings.mail.MailingContent;

/**
 * Makes the mail out of the slots, the same way for all of a type (mail-standards SVC-02 to SVC-06): first what, when, what to do and
 * who is affected; then the rest; at its foot why it cannot be switched off, how to leave, who sent it.
 */
public final class AnnouncementMail {

    private final Settings settings;

    public AnnouncementMail(Settings settings) {
        this.settings = settings;
    }

    /**
     * What the mail is about besides the slots.
     *
     * @param revision SEQUENCE of the calendar entry: updates and closings so far
     * @param outcome that it tells
     */
    public record Context(
            AnnouncementId thread,
            int sequence,
            int revision,
            List<Change> changes,
            Optional<PolicyVersion> policy,
            Optional<PolicyVersion> formerPolicy,
            Optional<Outcome> outcome,
            OffsetDateTime stamp) {}

    public List<MailingContent> inAllLanguages(AnnouncementContent content, Context context) {
        return content.wordings().keySet().stream()
                .map(language -> in(language, content, context))
                .toList();
    }

    public MailingContent in(Locale wanted, AnnouncementContent content, Context context) {
        Locale language = content.languageFor(wanted);
        Texts texts = Texts.in(language);
        Wording wording = content.wording(language);
        return new MailingContent(
                subject(texts, content, wording, context),
                body(texts, content, wording, context),
                attachments(texts, content, wording, context));
    }

    public static String subject(Texts texts, AnnouncementContent content, Wording wording, Context context) {
        String kind = context.outcome()
                .map(outcome -> "mail.subject." + outcome)
                .orElse(context.sequence() == 0 ? "mail.subject" : "mail.subject.update");
        return texts.text(kind, texts.text("prefix." + content.prefix()), wording.text(Slot.HEADLINE));
    }

    private MailBody body(Texts texts, AnnouncementContent content, Wording wording, Context context) {
        Times times = new Times(texts);
        List<String> what = paragraphs(wording.text(Slot.WHAT));
        List<Fact> first = new ArrayList<>();
        // All of it first: a second paragraph behind the table would be read as something else.
        first.add(new Fact(texts.text("slot.what"), String.join("\n\n", what)));
        content.window().ifPresent(window -> {
            first.add(new Fact(texts.text(when(context.outcome())), times.local(window)));
            if (!window.inUtc()) {
                first.add(new Fact(texts.text("slot.when-utc"), times.utc(window)));
            }
        });
        context.policy()
                .ifPresent(
                        policy -> first.add(new Fact(texts.text("slot.effective"), times.date(policy.effectiveOn()))));
        add(first, texts, wording, Slot.ACTION);
        add(first, texts, wording, Slot.AFFECTED);
        add(first, texts, wording, Slot.IMPACT);

        MailBody.Builder mail = MailBody.in(texts.language())
                .preheader(preheader(what.get(0)))
                .heading(wording.text(Slot.HEADLINE))
                .facts(first);
        changes(mail, texts, context);
        context.policy().ifPresent(policy -> policy(mail, texts, policy, context.formerPolicy()));
        mail.note(texts.text("slot.contact") + ": " + wording.text(Slot.CONTACT));
        mail.button(texts.text("mail.page"), pageUrl(context.thread()));
        return why(mail, texts, content)
                .footer(texts.text("mail.footer.missed", flat(wording.text(Slot.IF_MISSED))))
                .footer(texts.text("mail.footer.newsletters"), settings.site().url("/me/subscriptions"))
                .footer(texts.text("mail.footer.contact", settings.site().name(), wording.text(Slot.CONTACT)))
                .build();
    }

    /** What was called off has no time; it had one. */
    public static String when(Optional<Outcome> outcome) {
        return outcome.equals(Optional.of(Outcome.CANCELLED)) ? "slot.when.CANCELLED" : "slot.when";
    }

    /** A data breach reaches deactivated accounts too, so there is nothing that would stop it. */
    private MailBody.Builder why(MailBody.Builder mail, Texts texts, AnnouncementContent content) {
        String type = texts.text("type." + content.type());
        return content.type() == AnnouncementType.DATA_BREACH
                ? mail.footer(texts.text(
                        "mail.footer.why.DATA_BREACH", settings.site().name(), type))
                : mail.footer(texts.text("mail.footer.why", settings.site().name(), type))
                        .footer(
                                texts.text("mail.footer.deactivate"),
                                settings.site().url("/me/close"));
    }

    private static void changes(MailBody.Builder mail, Texts texts, Context context) {
        List<Fact> facts = context.changes().stream()
                .filter(change -> change.language().equals(texts.language()))
                .map(change -> new Fact(
                        change.label(),
                        texts.text("mail.was", flat(change.was())) + " → "
                                + texts.text("mail.now", flat(change.now()))))
                .toList();
        if (!facts.isEmpty()) {
            mail.heading(texts.text("mail.changed")).facts(facts);
        }
    }

    private void policy(MailBody.Builder mail, Texts texts, PolicyVersion policy, Optional<PolicyVersion> former) {
        mail.heading(texts.text("mail.policy.summary"));
        paragraphs(policy.text(texts.language()).summary()).forEach(mail::paragraph);
        mail.button(texts.text("mail.policy.new"), policyUrl(policy));
        former.ifPresent(old -> mail.button(texts.text("mail.policy.old"), policyUrl(old)));
        mail.paragraph(texts.text("mail.policy.rights"));
    }

    private static void add(List<Fact> facts, Texts texts, Wording wording, Slot slot) {
        if (!wording.text(slot).isEmpty()) {
            facts.add(new Fact(texts.text("slot." + slot.key()), flat(wording.text(slot))));
        }
    }

    private List<Attachment> attachments(Texts texts, AnnouncementContent content, Wording wording, Context context) {
        if (content.type() != AnnouncementType.MAINTENANCE || content.window().isEmpty()) {
            return List.of();
        }
        Ical.Event event = event(
                texts,
                content,
                wording,
                context.thread(),
                context.revision(),
                context.stamp(),
                context.outcome().orElse(null));
        return List.of(new Attachment(
                "maintenance.ics",
                "text/calendar; charset=UTF-8",
                Ical.calendar(
                                settings.site().name(),
                                texts.text("feed.calendar", settings.site().name()),
                                List.of(event))
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** The calendar entry of a window. */
    public Ical.Event event(
            Texts texts,
            AnnouncementContent content,
            Wording wording,
            AnnouncementId thread,
            int sequence,
            OffsetDateTime stamp,
            @Nullable Outcome outcome) {
        boolean cancelled = outcome == Outcome.CANCELLED;
        String headline = wording.text(Slot.HEADLINE);
        return new Ical.Event(
                thread.value() + "@" + settings.site().host(),
                sequence,
                stamp,
                content.window().orElseThrow().start(),
                content.window().orElseThrow().end(),
                cancelled,
                cancelled ? texts.text("feed.summary.cancelled", headline) : headline,
                wording.text(Slot.WHAT) + "\n\n" + wording.text(Slot.ACTION),
                pageUrl(thread));
    }

    public String pageUrl(AnnouncementId thread) {
        return settings.site().url("/announcements/" + thread.value());
    }

    public String policyUrl(PolicyVersion policy) {
        return settings.site().url("/policies/" + policy.kind().slug() + "/" + policy.number());
    }

    private static List<String> paragraphs(String text) {
        List<String> paragraphs = Arrays.stream(text.split("\n\\s*\n"))
                .map(AnnouncementMail::flat)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
        return paragraphs.isEmpty() ? List.of("") : paragraphs;
    }

    private static String flat(String text) {
        return text.strip().replaceAll("\\s*\n\\s*", " ");
    }

    private static String preheader(String what) {
        return what.codePointCount(0, what.length()) <= 120
                ? what
                : what.substring(0, what.offsetByCodePoints(0, 119)) + "…";
    }
}
