package org.tidings.mail.internal.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.tidings.mail.Diagnostic.Why;
import org.tidings.mail.internal.outcomes.Reply;
import org.tidings.mail.internal.replies.Reason;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.SmtpUrl;

/**
 * A relay that is spoken to by SMTP. Jakarta Mail (Angus) greets, secures and signs in; from then on the socket is the
 * {@link SmtpConversation}'s.
 */
public final class SmtpRelay implements Relay {

    private final MailSettings settings;
    private final int mailsPerConnection;
    private final SmtpUrl where;

    private final SSLSocketFactory trusting;
    private final Set<SmtpConversation> open = ConcurrentHashMap.newKeySet();
    private volatile boolean utf8 = true;

    /** @param mailsPerConnection after so many a connection is renewed */
    public SmtpRelay(MailSettings settings, int mailsPerConnection, SmtpUrl where) {
        this(settings, mailsPerConnection, where, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** @param trusting judges certificates where they matter */
    SmtpRelay(MailSettings settings, int mailsPerConnection, SmtpUrl where, SSLSocketFactory trusting) {
        this.settings = settings;
        this.mailsPerConnection = mailsPerConnection;
        this.where = where;
        this.trusting = trusting;
    }

    @Override
    public void watch() {
        open.forEach(SmtpConversation::endIfStuck);
    }

    @Override
    public boolean carriesUtf8() {
        return utf8;
    }

    @Override
    public String label() {
        return where.label();
    }

    @Override
    public Connection connect() throws NotConnected {
        SmtpSockets sockets = new SmtpSockets();
        SMTPTransport transport = new SMTPTransport(
                Session.getInstance(properties(sockets)),
                new URLName("smtp", where.host(), where.port(), null, null, null));
        try {
            if (where.credentials().isPresent()) {
                SmtpUrl.Credentials credentials = where.credentials().get();
                transport.connect(where.host(), where.port(), credentials.user(), credentials.secret());
            } else {
                transport.connect(where.host(), where.port(), null, null);
            }
            SmtpConversation conversation =
                    new SmtpConversation(settings, mailsPerConnection, transport, sockets, open::remove);
            open.add(conversation);
            utf8 = transport.supportsExtension("SMTPUTF8");
            return conversation;
        } catch (AuthenticationFailedException e) {
            throw new NotConnected(Reason.LOGIN, Why.LOGIN.kept() + " " + Reply.line(words(e), ""));
        } catch (MessagingException | IOException | IllegalStateException e) {
            throw new NotConnected(isAboutTls(e) ? Reason.TLS : Reason.UNREACHABLE, Reply.line(words(e), ""));
        }
    }

    /** A certificate that is not the server's, a handshake that failed, STARTTLS that is not offered. */
    @SuppressWarnings("ReferenceEquality") // a cause of itself
    private static boolean isAboutTls(Throwable e) {
        for (Throwable cause = e; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            if (cause instanceof SSLException
                    || String.valueOf(cause.getMessage()).contains("STARTTLS")) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // a cause of itself
    static String words(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? e.getMessage() : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private Properties properties(SmtpSockets sockets) {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", settings.domain());
        properties.put("mail.smtp.auth", String.valueOf(where.credentials().isPresent()));
        properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
        properties.put("mail.smtp.timeout", millis(settings.replyTimeout()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.socketFactory", sockets.plain());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put(
                "mail.smtp.ssl.socketFactory", sockets.secure(where.tls() == SmtpUrl.Tls.OPPORTUNISTIC, trusting));
        properties.put("mail.smtp.ssl.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        boolean identityMatters = where.tls() != SmtpUrl.Tls.OPPORTUNISTIC;
        properties.put("mail.smtp.ssl.checkserveridentity", String.valueOf(identityMatters));
        switch (where.tls()) {
            case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
            case REQUIRED -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case OPPORTUNISTIC -> properties.put("mail.smtp.starttls.enable", "true");
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    private static String millis(java.time.Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
