package org.tidings.mail.internal.returned.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.mail.internal.composing.Verp;
import org.tidings.mail.internal.replies.EnhancedStatus;
import org.tidings.mail.internal.replies.ReplyClassifier;
import org.tidings.mail.internal.replies.Words;

/** What a returned mail says to people: its subject and text, without the mail that it repeats. */
final class Notice {
    private static final int RECIPIENTS_AT_MOST = 50;
    private static final int CHARS_AT_MOST = 12_000;
    private static final int SNIPPET_CHARS_AT_MOST = 1_500;

    /** From here on a notice repeats the mail that failed. */
    private static final Pattern ORIGINAL = Pattern.compile("(?im)^(?:"
            + "[ \\t>]{0,4}-{2,} ?(?:this is a copy|below this line|enclosed (?:is|are)|original message|forwarded message|returned message"
            + "|unsent message|message header|message truncated|start of (?:the )?(?:original|returned)|the (?:original|header|body)|copia|copie|kopie"
            + "|ursprungliche|ursprüngliche|mensaje original|message original|message d'origine|undelivered|transmitted message|header|rest of).*"
            + "|(?:original message (?:headers|header|follows)|the original message|the first \\d+ lines of|the header of the original"
            + "|ursprüngliche nachricht|original-nachricht|headers of the original|your original message|reproduced below|this is a copy of).*"
            + "|(?:return-path|received|dkim-signature|x-originating-ip): .*)");

    private static final int PIECES_AT_MOST = 12;

    /** A blank line, or the words with which Postfix ends what it was told. */
    private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[ \\t>]*(?=\\R)|(?<=command\\)|of DATA\\))");

    private static final Pattern TRANSCRIBED = Pattern.compile(">?\\.\\.\\. \\S");

    private final MimeParts.Part root;
    private final String whole;
    private final String text;
    private final String subject;

    private Notice(MimeParts.Part root, String whole) {
        this.root = root;
        this.whole = whole;
        Matcher copy = ORIGINAL.matcher(whole);
        this.text =
                Boilerplate.removedFrom(copy.find() && copy.start() > 20 ? whole.substring(0, copy.start()) : whole);
        this.subject = Words.fold(root.readable("subject"));
    }

    static Notice of(MimeParts parts) {
        return new Notice(parts.root(), textFor(parts));
    }

    /** With the mail that it repeats, if it does so in its text. */
    String whole() {
        return whole;
    }

    String text() {
        return text;
    }

    /** Folded. */
    String subject() {
        return subject;
    }

    /** Whom it names as not reached. */
    Set<String> failedRecipients() {
        Set<String> recipients = new LinkedHashSet<>();
        for (String field : root.fields("x-failed-recipients")) {
            MailAddresses.addAll(recipients, field, RECIPIENTS_AT_MOST);
        }
        if (recipients.isEmpty()) {
            root.field("final-recipient").ifPresent(field -> MailAddresses.addAll(recipients, field, 1));
        }
        if (recipients.isEmpty()) {
            addFromText(recipients);
        }
        return recipients;
    }

    private void addFromText(Set<String> recipients) {
        Set<String> ours = new LinkedHashSet<>();
        for (String name : List.of("to", "from", "cc", "sender", "reply-to")) {
            root.field(name).ifPresent(field -> MailAddresses.addAll(ours, field.toLowerCase(Locale.ROOT), 5));
        }
        Matcher listed = MailAddresses.listed(text);
        while (listed.find() && recipients.size() < RECIPIENTS_AT_MOST) {
            addUnlessOurs(recipients, MailAddresses.listedBy(listed), ours);
        }
        if (recipients.isEmpty()) {
            Set<String> named = new LinkedHashSet<>();
            MailAddresses.addAll(named, MailAddresses.afterAnnouncement(text), RECIPIENTS_AT_MOST);
            MailAddresses.addAll(named, text, RECIPIENTS_AT_MOST);
            named.removeIf(address -> isOurs(address, ours));
            named.stream().findFirst().ifPresent(recipients::add);
        }
    }

    private static void addUnlessOurs(Set<String> recipients, String address, Set<String> ours) {
        if (!isOurs(address, ours)) {
            recipients.add(address);
        }
    }

    private static boolean isOurs(String address, Set<String> ours) {
        String lower = address.toLowerCase(Locale.ROOT);
        return Verp.looksLikeOne(lower)
                || ours.contains(lower)
                || BounceWords.SENDERS.contains(MailAddresses.localPart(lower));
    }

    /** What it says from the recipient's name on, up to the next recipient; the whole of it if it does not name one. */
    String about(Optional<String> recipient) {
        String from = recipient.flatMap(this::fromNaming).orElse(text);
        return from.length() > SNIPPET_CHARS_AT_MOST ? from.substring(0, SNIPPET_CHARS_AT_MOST) : from;
    }

    /**
     * The same in growing pieces: what comes first is nearest to her. Words that others put around the report are farther off than the
     * paragraph in which a server's code stands.
     */
    List<String> piecesAbout(Optional<String> recipient) {
        String about = about(recipient);
        if (Words.of(whole).mention(ReplyClassifier.GROUPS)) {
            return List.of(about + "\n" + ReplyClassifier.GROUPS.get(0));
        }
        List<String> pieces = new ArrayList<>();
        Matcher gap = PARAGRAPH_END.matcher(about);
        int firstWithCode = -1;
        while (firstWithCode < 0 && gap.find() && pieces.size() < PIECES_AT_MOST) {
            String piece = about.substring(0, gap.start());
            if (hasCode(piece)) {
                firstWithCode = gap.start();
            } else if (!piece.isBlank()) {
                pieces.add(piece);
            }
        }
        if (firstWithCode >= 0) {
            // What stands before the code is its introduction: "has been blocked, see below".
            pieces.clear();
            pieces.add(about.substring(0, firstWithCode));
        } else if (hasCode(about)) {
            pieces.clear();
        }
        if (!pieces.contains(about)) {
            pieces.add(about);
        }
        return pieces;
    }

    private static boolean hasCode(String piece) {
        return ReplyClassifier.indexOfBasicCode(piece) >= 0
                || EnhancedStatus.firstIn(piece).isPresent();
    }

    /** What it says before it names any of them. */
    String before(List<String> recipients) {
        String lower = text.toLowerCase(Locale.ROOT);
        int end = recipients.stream()
                .mapToInt(recipient -> lower.indexOf(recipient.toLowerCase(Locale.ROOT)))
                .filter(at -> at >= 0)
                .min()
                .orElse(text.length());
        return text.substring(0, Math.min(end, text.length()));
    }

    private Optional<String> fromNaming(String recipient) {
        String lower = text.toLowerCase(Locale.ROOT);
        String name = recipient.toLowerCase(Locale.ROOT);
        int last = lower.lastIndexOf(name);
        if (last < 0 || lower.length() != text.length()) {
            return Optional.empty();
        }
        // Servers name it several times ("after RCPT TO:<…>"); the reason begins behind the first naming in that
        // paragraph.
        int first = lower.indexOf(name, Math.max(0, last - SNIPPET_CHARS_AT_MOST / 2));
        String from = text.substring(first);
        if (TRANSCRIBED.matcher(from.substring(name.length())).lookingAt()) {
            // Sendmail's transcript: one line for each.
            int end = from.indexOf('\n');
            return Optional.of(end < 0 ? from : from.substring(0, end));
        }
        Matcher next = MailAddresses.listed(from);
        int begin = Math.min(from.length(), name.length());
        while (next.find(begin)) {
            String listed = MailAddresses.listedBy(next);
            if (!listed.equalsIgnoreCase(recipient) && !Verp.looksLikeOne(listed)) {
                return Optional.of(from.substring(0, next.start()));
            }
            begin = next.end();
        }
        return Optional.of(from);
    }

    // Text of the parts

    private static String textFor(MimeParts parts) {
        for (String type : List.of("text/plain", "text/html")) {
            for (boolean attached : List.of(false, true)) {
                String all = textOf(parts, type, attached);
                if (!all.isBlank()) {
                    return all;
                }
            }
        }
        // A report whose parts are not to be found is read as it stands.
        return parts.leaves().stream()
                .findFirst()
                .filter(p -> p.type().startsWith("text/") || p.type().startsWith("multipart/"))
                .map(p -> head(p.text()))
                .orElse("");
    }

    private static String textOf(MimeParts parts, String type, boolean attached) {
        StringBuilder all = new StringBuilder();
        for (MimeParts.Part part : parts.leaves()) {
            if (part.type().equals(type) && part.isAttachment() == attached && all.length() < CHARS_AT_MOST) {
                all.append(head(type.equals("text/html") ? withoutTags(part.text()) : part.plainText()))
                        .append('\n');
            }
        }
        return all.toString();
    }

    private static String head(String text) {
        return text.length() > CHARS_AT_MOST ? text.substring(0, CHARS_AT_MOST) : text;
    }

    /** Text of an HTML notice, in one pass: tags become spaces, block ends new lines. */
    private static String withoutTags(String all) {
        String html = all.length() > 60_000 ? all.substring(0, 60_000) : all;
        StringBuilder text = new StringBuilder(html.length());
        boolean tag = false;
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<') {
                tag = true;
                if (endsLine(html, i + 1)) {
                    text.append('\n');
                } else if (text.length() > 0 && text.charAt(text.length() - 1) > ' ') {
                    text.append(' ');
                }
            } else if (c == '>') {
                tag = false;
            } else if (!tag) {
                text.append(c);
            }
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static boolean endsLine(String html, int at) {
        return html.regionMatches(true, at, "br", 0, 2)
                || html.regionMatches(true, at, "/p", 0, 2)
                || html.regionMatches(true, at, "/div", 0, 4);
    }
}
