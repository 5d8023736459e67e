package org.tidings.it;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.tidings.mail.testing.RecordingSmtpServer;

/** Reads what the recording mail server was given. */
public final class MailProbe {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final RecordingSmtpServer server;

    MailProbe(RecordingSmtpServer server) {
        this.server = server;
    }

    /** The newest mail to this address, as soon as there is one. */
    public Received to(String address) {
        return to(address, mail -> true);
    }

    /** The newest mail to this address whose subject contains these words, as soon as there is one. */
    public Received to(String address, String inSubject) {
        return to(address, mail -> mail.subject().contains(inSubject));
    }

    private Received to(String address, Predicate<Received> wanted) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            List<Received> mails = all(address);
            for (int i = mails.size() - 1; i >= 0; i--) {
                if (wanted.test(mails.get(i))) {
                    return mails.get(i);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no such mail to " + address + " within " + LONGEST_WAIT + "; there are "
                        + mails.stream().map(Received::subject).toList());
            }
            TidingsProcess.pause(20);
        }
    }

    /** Waits until so many mails to this address have come. */
    public List<Received> awaitCount(String address, int count) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (all(address).size() < count && System.nanoTime() < deadline) {
            TidingsProcess.pause(20);
        }
        return all(address);
    }

    /** Everything that has come to this address so far. */
    public List<Received> all(String address) {
        return server.mailsTo(address).stream().map(Received::new).toList();
    }

    /** Fails if a mail more comes to this address within three seconds. */
    public void nothingMoreTo(String address) {
        int before = all(address).size();
        long deadline = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() < deadline) {
            if (all(address).size() > before) {
                throw new AssertionError(
                        "a mail came to " + address + ": " + to(address).subject());
            }
            TidingsProcess.pause(50);
        }
    }

    /** One mail. */
    public static final class Received {
        private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"')\\]]+");

        private final RecordingSmtpServer.Mail mail;
        private final MimeMessage message;

        Received(RecordingSmtpServer.Mail mail) {
            this.mail = mail;
            try {
                this.message =
                        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.source()));
            } catch (MessagingException e) {
                throw new AssertionError(e);
            }
        }

        public RecordingSmtpServer.Mail raw() {
            return mail;
        }

        public String subject() {
            try {
                return String.valueOf(message.getSubject());
            } catch (MessagingException e) {
                throw new AssertionError(e);
            }
        }

        public Optional<String> header(String name) {
            return mail.header(name);
        }

        public String text() {
            return part(message, "text/plain").orElse("");
        }

        public String html() {
            return part(message, "text/html").orElse("");
        }

        /** The attached calendar, whatever it is encoded in. */
        public String calendar() {
            return part(message, "text/calendar").orElse("");
        }

        /** The first address in the text part with this in it. */
        public String link(String containing) {
            return ADDRESS.matcher(text())
                    .results()
                    .map(found -> found.group())
                    .filter(address -> address.contains(containing))
                    .findFirst()
                    .or(() -> Jsoup.parse(html()).select("a[href*='" + containing + "']").stream()
                            .map(a -> a.attr("href"))
                            .findFirst())
                    .orElseThrow(() -> new AssertionError("no link " + containing + " in:\n" + text()));
        }

        private static Optional<String> part(Part part, String type) {
            try {
                if (part.isMimeType(type)) {
                    Object content = part.getContent();
                    return Optional.of(
                            content instanceof InputStream bytes
                                    ? new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                                    : content.toString());
                }
                if (part.getContent() instanceof Multipart parts) {
                    for (int i = 0; i < parts.getCount(); i++) {
                        BodyPart inner = parts.getBodyPart(i);
                        Optional<String> found = part(inner, type);
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new AssertionError(e);
            }
        }
    }
}
