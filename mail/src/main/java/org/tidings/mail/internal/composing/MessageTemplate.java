package org.tidings.mail.internal.composing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Attachment;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.ListHeaders;
import org.tidings.mail.MailKind;
import org.tidings.mail.MessageClass;
import org.tidings.mail.RenderedMail;
import org.tidings.mail.internal.layout.Slots;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.signing.dkim.BodyHash;

/**
 * One language of a mailing as prepared bytes with slots. Writing a mail copies the bytes between the slots and encodes the
 * values; nothing is built per recipient. A letter is a mailing of one.
 *
 * <p>Around a slot in a quoted-printable body stand soft line breaks, so that a value's length cannot make a line too long and
 * the bytes before and after it never change. Immutable, for any number of threads.
 */
public final class MessageTemplate {

    /** Slots with a meaning of their own. */
    static final String UNSUBSCRIBE_URL = "unsubscribeUrl";

    static final String UNSUBSCRIBE_MAILTO = "unsubscribeMailto";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    /** Where a value stands decides how it is escaped. */
    private enum Context {
        TEXT,
        HTML,
        /** The whole of a link. */
        URL,
        /** Within a link. */
        URL_PART
    }

    private record Slot(Context context, String name) {}

    /** Bytes, then a slot, then bytes …: {@code bytes} has one more than {@code slots}. */
    private record Body(List<byte[]> bytes, List<Slot> slots) {}

    /**
     * Who and what makes one mail of the template.
     *
     * @param date when the delivery was first reserved for a try, or the letter posted (A02)
     * @param messageId without angle brackets
     * @param inReplyTo the Message-ID of the mail that this one answers, or empty
     */
    public record Recipient(
            EmailAddress address,
            String name,
            OffsetDateTime date,
            String messageId,
            String inReplyTo,
            Map<String, String> slots) {}

    /** The field of a second, made once for the many mails of it. */
    private record DateField(long second, String field) {

        private static volatile DateField last = of(0);

        static String at(OffsetDateTime date) {
            DateField known = last;
            if (known.second != date.toEpochSecond()) {
                known = of(date.toEpochSecond());
                last = known;
            }
            return known.field;
        }

        private static DateField of(long second) {
            return new DateField(
                    second, "Date: " + DATE.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)) + "\r\n");
        }
    }

    private final byte[] headBeforeTo;
    private final byte[] headAfterTo;
    private final String subject;
    private final boolean subjectHasSlots;
    private final boolean list;
    private final Predicate<String> isSlot;
    private final Body body;
    /** What is in front of the first slot, hashed once; and the pieces behind it, canonicalized once. */
    private final BodyHash hashOfFirst;

    private final List<BodyHash.Constant> hashed;

    private MessageTemplate(
            byte[] headBeforeTo,
            byte[] headAfterTo,
            String subject,
            boolean list,
            Predicate<String> isSlot,
            Body body) {
        this.headBeforeTo = headBeforeTo;
        this.headAfterTo = headAfterTo;
        this.subject = subject;
        this.subjectHasSlots = Slots.any(subject);
        this.list = list;
        this.isSlot = isSlot;
        this.body = body;
        this.hashOfFirst = new BodyHash().update(body.bytes().get(0));
        this.hashed = body.bytes().stream().skip(1).map(BodyHash.Constant::of).toList();
    }

    /**
     * @param campaign names the mailing in Feedback-ID and boundary; letters, digits, hyphens
     * @param isSlot tells slots from text that only looks like one
     * @throws HeaderText.HeaderRefused for control characters in subject, names or links of the header
     */
    public static MessageTemplate compile(
            MailSettings settings,
            MailKind kind,
            String campaign,
            RenderedMail mail,
            List<Attachment> attachments,
            Optional<ListHeaders> list,
            Predicate<String> isSlot) {
        MessageClass messageClass = kind.messageClass();
        ByteSink head = new ByteSink(1024);
        String sender = list.map(ListHeaders::name).filter(n -> !n.isBlank()).orElse(settings.siteName());
        HeaderText.mailbox("From", sender, settings.sender(messageClass), head);
        if (!settings.replyTo().isBlank()) {
            head.put("Reply-To: ").put(HeaderText.clean(settings.replyTo())).put("\r\n");
        }
        byte[] before = head.copy();

        head.clear();
        head.put("MIME-Version: 1.0\r\n");
        list.ifPresent(headers -> listHeaders(headers, head));
        head.put("Feedback-ID: ")
                .put(campaign)
                .put(":")
                .put(messageClass.name().toLowerCase(Locale.ROOT))
                .put(":tidings:")
                .put(settings.feedbackSender())
                .put("\r\n");
        switch (messageClass) {
            case ACCOUNT -> head.put("Auto-Submitted: auto-generated\r\n");
            case SERVICE, NEWSLETTER -> head.put("Precedence: bulk\r\n");
        }
        head.put("X-Auto-Response-Suppress: All\r\n");

        BodyBuilder body = new BodyBuilder(isSlot);
        String alternative = "=_a_" + campaignHash(campaign);
        String mixed = "=_m_" + campaignHash(campaign);
        if (!attachments.isEmpty()) {
            contentType("multipart/mixed", mixed, head);
            body.raw(
                    "--" + mixed + "\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + alternative + "\"\r\n");
        } else {
            contentType("multipart/alternative", alternative, head);
        }
        body.raw("\r\n");
        body.raw("--" + alternative + "\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        body.text(mail.text());
        body.raw("\r\n--" + alternative + "\r\nContent-Type: text/html; charset=UTF-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        body.html(mail.html());
        body.raw("\r\n--" + alternative + "--\r\n");
        for (Attachment attachment : attachments) {
            body.attachment(mixed, attachment);
        }
        if (!attachments.isEmpty()) {
            body.raw("--" + mixed + "--\r\n");
        }
        boolean hasList = list.isPresent();
        HeaderText.clean(mail.subject());
        return new MessageTemplate(before, head.copy(), mail.subject(), hasList, isSlot, body.build());
    }

    private static void contentType(String type, String boundary, ByteSink head) {
        head.put("Content-Type: ")
                .put(type)
                .put(";\r\n boundary=\"")
                .put(boundary)
                .put("\"\r\n");
    }

    private static String campaignHash(String campaign) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(campaign.getBytes(StandardCharsets.UTF_8)),
                            0,
                            12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void listHeaders(ListHeaders list, ByteSink head) {
        head.put("List-Id: ");
        String id = HeaderText.clean(list.listId());
        if (!id.matches("[A-Za-z0-9._-]{1,240}")) {
            throw new HeaderText.HeaderRefused();
        }
        HeaderText.phrase(list.name(), 9, head);
        head.put("\r\n <").put(id).put(">\r\n");
        head.put("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        if (!list.helpUrl().isBlank()) {
            head.put("List-Help: <").put(uri(list.helpUrl())).put(">\r\n");
        }
        list.archiveUrl()
                .ifPresent(url -> head.put("List-Archive: <").put(uri(url)).put(">\r\n"));
        head.put("List-Post: NO\r\n");
    }

    /** A URI that may stand in angle brackets. */
    private static String uri(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') {
                throw new HeaderText.HeaderRefused();
            }
        }
        if (uri.length() > 900) {
            throw new HeaderText.HeaderRefused();
        }
        return uri;
    }

    /**
     * Appends header and body for one recipient.
     *
     * @return the length of the header, the empty line left out
     * @throws HeaderText.HeaderRefused for control characters in the name or a header's slot
     */
    public int write(Recipient to, ByteSink out) {
        return write(to, out, null);
    }

    /** A hash for {@link #write(Recipient, ByteSink, BodyHash)}: the body's unchanging beginning is in it already. */
    BodyHash bodyHash() {
        return hashOfFirst.fork();
    }

    /**
     * The same, and completes the hash of the body.
     *
     * @param hash from {@link #bodyHash}, or null when none is wanted
     */
    int write(Recipient to, ByteSink out, @Nullable BodyHash hash) {
        int start = out.length();
        out.put(DateField.at(to.date()));
        out.put(headBeforeTo);
        HeaderText.mailbox("To", to.name(), deliveryAddress(to.address()), out);
        HeaderText.unstructured("Subject", subjectHasSlots ? fill(subject, to.slots()) : subject, out);
        out.put("Message-ID: <").put(to.messageId()).put(">\r\n");
        if (!to.inReplyTo().isEmpty()) {
            out.put("In-Reply-To: <").put(to.inReplyTo()).put(">\r\n");
            out.put("References: <").put(to.inReplyTo()).put(">\r\n");
        }
        if (list) {
            unsubscribe(to.slots(), out);
        }
        out.put(headAfterTo);
        int headerLength = out.length() - start;
        out.put("\r\n");
        out.put(body.bytes().get(0));
        for (int i = 0; i < body.slots().size(); i++) {
            int from = out.length();
            value(body.slots().get(i), to.slots(), out);
            int end = out.length();
            out.put(body.bytes().get(i + 1));
            if (hash != null) {
                hash.update(out.array(), from, end).update(hashed.get(i));
            }
        }
        return headerLength;
    }

    private static void unsubscribe(Map<String, String> slots, ByteSink out) {
        String url = slots.getOrDefault(UNSUBSCRIBE_URL, "");
        if (!url.startsWith("http")) {
            // A newsletter without a way out must not leave.
            throw new HeaderText.HeaderRefused();
        }
        out.put("List-Unsubscribe: <").put(uri(url)).put(">");
        String mailto = slots.getOrDefault(UNSUBSCRIBE_MAILTO, "");
        if (!mailto.isEmpty()) {
            out.put(",\r\n <")
                    .put(mailto.startsWith("mailto:") ? "" : "mailto:")
                    .put(uri(mailto))
                    .put(">");
        }
        out.put("\r\n");
    }

    private String fill(String text, Map<String, String> slots) {
        Matcher found = Slots.SLOT.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (found.find()) {
            String name = found.group(1);
            String value = isSlot.test(name) ? slots.getOrDefault(name, "") : found.group();
            found.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return found.appendTail(filled).toString().strip();
    }

    private static void value(Slot slot, Map<String, String> slots, ByteSink out) {
        String value = slots.getOrDefault(slot.name(), "");
        if (value.isEmpty()) {
            return;
        }
        String escaped = switch (slot.context()) {
            case TEXT -> value;
            case HTML -> Slots.escape(value);
            case URL -> Slots.escape(safeUrl(value));
            case URL_PART -> percentEncoded(value);
        };
        QuotedPrintable.encode(escaped, out);
        out.put(QuotedPrintable.SOFT_BREAK);
    }

    private static String safeUrl(String url) {
        String lower = url.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://") || lower.startsWith("mailto:")
                ? url.strip()
                : "#";
    }

    private static String percentEncoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "-._~".indexOf(c) >= 0) {
                out.append((char) c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    /** The mailbox as written, its domain as A-labels (A15). */
    public static String deliveryAddress(EmailAddress address) {
        String original = address.original();
        String canonical = address.canonical();
        return original.substring(0, original.lastIndexOf('@')) + canonical.substring(canonical.lastIndexOf('@'));
    }

    /** Shows the mail as text, with the values where the slots are, for a preview. */
    public static RenderedMail filled(RenderedMail mail, Map<String, String> slots) {
        return new RenderedMail(
                replace(mail.subject(), slots, false),
                replace(mail.html(), slots, true),
                replace(mail.text(), slots, false));
    }

    private static String replace(String text, Map<String, String> slots, boolean html) {
        Matcher found = Slots.SLOT.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (found.find()) {
            String value = slots.getOrDefault(found.group(1), "");
            String escaped = value;
            if (html) {
                escaped = switch (htmlContext(text, found.start())) {
                    case TEXT, HTML -> Slots.escape(value);
                    case URL -> Slots.escape(safeUrl(value));
                    case URL_PART -> percentEncoded(value);
                };
            }
            found.appendReplacement(filled, Matcher.quoteReplacement(escaped));
        }
        return found.appendTail(filled).toString();
    }

    /** Where in HTML a position is; attributes are double-quoted, as the layout and every sanitizer write them. */
    private static Context htmlContext(String html, int position) {
        int open = html.lastIndexOf('<', position);
        if (open < 0 || html.lastIndexOf('>', position) > open) {
            return Context.HTML;
        }
        int quote = html.lastIndexOf("=\"", position);
        if (quote < open) {
            return Context.HTML;
        }
        int nameStart = quote;
        while (nameStart > open
                && (Character.isLetterOrDigit(html.charAt(nameStart - 1)) || html.charAt(nameStart - 1) == '-')) {
            nameStart--;
        }
        String attribute = html.substring(nameStart, quote).toLowerCase(Locale.ROOT);
        boolean link = attribute.equals("href") || attribute.equals("src") || attribute.equals("style");
        if (!link) {
            return Context.HTML;
        }
        return position == quote + 2 && !attribute.equals("style") ? Context.URL : Context.URL_PART;
    }

    /** Collects bytes and slots. */
    private static final class BodyBuilder {
        private final Predicate<String> isSlot;
        private final List<byte[]> bytes = new ArrayList<>();
        private final List<Slot> slots = new ArrayList<>();
        private final ByteSink current = new ByteSink(16_384);

        BodyBuilder(Predicate<String> isSlot) {
            this.isSlot = isSlot;
        }

        void raw(String ascii) {
            current.put(ascii);
        }

        void text(String text) {
            encode(text, false);
        }

        void html(String html) {
            encode(html, true);
        }

        private void encode(String text, boolean html) {
            Matcher found = Slots.SLOT.matcher(text);
            int from = 0;
            while (found.find()) {
                String name = found.group(1);
                if (!isSlot.test(name)) {
                    continue;
                }
                piece(text.substring(from, found.start()));
                slots.add(new Slot(html ? htmlContext(text, found.start()) : Context.TEXT, name));
                bytes.add(current.copy());
                current.clear();
                from = found.end();
            }
            QuotedPrintable.encode(text.substring(from), current);
        }

        private void piece(String text) {
            if (QuotedPrintable.encode(text, current) > 0) {
                current.put(QuotedPrintable.SOFT_BREAK);
            }
        }

        void attachment(String boundary, Attachment attachment) {
            String type = HeaderText.clean(attachment.contentType());
            current.put("--").put(boundary).put("\r\nContent-Type: ").put(type);
            HeaderText.fileName("name", attachment.fileName(), current);
            current.put("\r\nContent-Disposition: attachment");
            HeaderText.fileName("filename", attachment.fileName(), current);
            current.put("\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                    .put(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(attachment.content()))
                    .put("\r\n");
        }

        Body build() {
            bytes.add(current.copy());
            return new Body(List.copyOf(bytes), List.copyOf(slots));
        }
    }
}
