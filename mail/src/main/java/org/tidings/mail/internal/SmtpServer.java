package org.tidings.mail.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A mail server by SMTP. Jakarta Mail (Angus) greets, secures and signs in; the mails themselves are written by us, prepared
 * bytes straight to the socket, commands pipelined where the server offers it (RFC 2920).
 */
final class SmtpServer implements MailServer {

    private final MailSettings settings;
    private final SmtpUrl where;

    SmtpServer(MailSettings settings, SmtpUrl where) {
        this.settings = settings;
        this.where = where;
    }

    @Override
    public String label() {
        return where.label();
    }

    @Override
    public Connection connect() throws NotConnected {
        Sockets sockets = new Sockets();
        Conversation conversation = new Conversation(Session.getInstance(properties(sockets)), sockets);
        try {
            if (where.credentials().isPresent()) {
                SmtpUrl.Credentials credentials = where.credentials().get();
                conversation.connect(where.host(), where.port(), credentials.user(), credentials.secret());
            } else {
                conversation.connect(where.host(), where.port(), null, null);
            }
            return conversation;
        } catch (AuthenticationFailedException e) {
            throw new NotConnected("login refused: " + Reply.line(words(e), ""));
        } catch (MessagingException | IllegalStateException e) {
            throw new NotConnected(Reply.line(words(e), ""));
        }
    }

    private static String words(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? e.getMessage() : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private Properties properties(Sockets sockets) {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", settings.domain());
        properties.put("mail.smtp.auth", String.valueOf(where.credentials().isPresent()));
        properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
        properties.put("mail.smtp.timeout", millis(settings.replyTimeout()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.socketFactory", sockets.plain());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.socketFactory", sockets.secure(where.tls() == SmtpUrl.Tls.OPPORTUNISTIC));
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

    /** Angus for the set-up; from then on the socket is ours to write to. */
    private final class Conversation extends SMTPTransport implements Connection {

        private final Sockets sockets;
        private boolean usable = true;
        private int mails;

        Conversation(Session session, Sockets sockets) {
            super(session, new URLName("smtp", where.host(), where.port(), null, null, null));
            this.sockets = sockets;
        }

        @Override
        public boolean usable() {
            return usable && mails < settings.mailsPerConnection();
        }

        @Override
        public synchronized Reply send(Envelope envelope, byte[] content, int length, BooleanSupplier stillAllowed) {
            // Angus asserts that its lock is held while replies are read.
            mails++;
            if (envelope.needsUtf8() && !supportsExtension("SMTPUTF8")) {
                return new Reply(Reply.Kind.ADDRESS_NOT_REACHABLE, "5.6.7 the server offers no SMTPUTF8");
            }
            boolean begun = false;
            try {
                Reply refused = announce(envelope, stillAllowed);
                if (refused != null) {
                    return refused;
                }
                if (!stillAllowed.getAsBoolean()) {
                    // The server waits for a content: only the end of the connection tells it that none comes.
                    usable = false;
                    sockets.abort();
                    return new Reply(Reply.Kind.WITHDRAWN, "");
                }
                begun = true;
                sockets.timeout((int) settings.contentTimeout().toMillis());
                OutputStream out = sockets.out();
                out.write(content, 0, length);
                out.write(END_OF_CONTENT);
                out.flush();
                int code = readServerResponse();
                sockets.timeout((int) settings.replyTimeout().toMillis());
                if (code < 0) {
                    usable = false;
                    return new Reply(Reply.Kind.DOUBTFUL, "connection closed after the content");
                }
                Reply reply = Reply.of(code, getLastServerResponse(), envelope.recipient());
                if (reply.kind() == Reply.Kind.NOT_BEGUN) {
                    usable = false;
                    return new Reply(Reply.Kind.DEFERRED, reply.text());
                }
                return reply;
            } catch (IOException | MessagingException e) {
                usable = false;
                return begun
                        ? new Reply(
                                Reply.Kind.DOUBTFUL, "connection broke after the content: " + Reply.line(words(e), ""))
                        : new Reply(Reply.Kind.NOT_BEGUN, "connection broke: " + Reply.line(words(e), ""));
            }
        }

        /** MAIL, RCPT and DATA. Returns why not, or null when the content may come. */
        private @Nullable Reply announce(Envelope envelope, BooleanSupplier stillAllowed)
                throws IOException, MessagingException {
            String mail = mail(envelope);
            String rcpt = rcpt(envelope);
            if (!supportsExtension("PIPELINING")) {
                return announceOneByOne(mail, rcpt, envelope.recipient(), stillAllowed);
            }
            if (!stillAllowed.getAsBoolean()) {
                return new Reply(Reply.Kind.WITHDRAWN, "");
            }
            write(mail + rcpt + "DATA\r\n");
            int code = response();
            Reply refused = code / 100 == 2 ? null : Reply.of(code, getLastServerResponse(), envelope.recipient());
            code = response();
            if (refused == null && code / 100 != 2) {
                refused = Reply.toRecipient(code, getLastServerResponse(), envelope.recipient());
            }
            code = response();
            if (refused == null && code != 354) {
                refused = Reply.of(code, getLastServerResponse(), envelope.recipient());
            }
            if (refused != null) {
                if (code == 354) {
                    // The server wants a content though it took no recipient (RFC 2920 section 3.1): an empty one.
                    write(".\r\n");
                    response();
                }
                return reset(refused);
            }
            return null;
        }

        private @Nullable Reply announceOneByOne(
                String mail, String rcpt, String recipient, BooleanSupplier stillAllowed)
                throws IOException, MessagingException {
            write(mail);
            int code = response();
            if (code / 100 != 2) {
                return reset(Reply.of(code, getLastServerResponse(), recipient));
            }
            write(rcpt);
            code = response();
            if (code / 100 != 2) {
                return reset(Reply.toRecipient(code, getLastServerResponse(), recipient));
            }
            if (!stillAllowed.getAsBoolean()) {
                return reset(new Reply(Reply.Kind.WITHDRAWN, ""));
            }
            write("DATA\r\n");
            code = response();
            return code == 354 ? null : reset(Reply.of(code, getLastServerResponse(), recipient));
        }

        private Reply reset(Reply refused) throws IOException, MessagingException {
            if (refused.kind() == Reply.Kind.NOT_BEGUN) {
                usable = false;
                return refused;
            }
            write("RSET\r\n");
            usable = response() / 100 == 2;
            // A server cannot accept before the content.
            return refused.kind() == Reply.Kind.ACCEPTED ? new Reply(Reply.Kind.DEFERRED, refused.text()) : refused;
        }

        private String mail(Envelope envelope) {
            StringBuilder command =
                    new StringBuilder("MAIL FROM:<").append(envelope.sender()).append(">");
            if (envelope.needsUtf8()) {
                command.append(" SMTPUTF8");
            }
            if (supportsExtension("DSN")) {
                command.append(" RET=HDRS ENVID=").append(xtext(envelope.envelopeId()));
            }
            return command.append("\r\n").toString();
        }

        private String rcpt(Envelope envelope) {
            StringBuilder command =
                    new StringBuilder("RCPT TO:<").append(envelope.recipient()).append(">");
            if (supportsExtension("DSN") && !envelope.needsUtf8()) {
                command.append(" NOTIFY=FAILURE,DELAY ORCPT=rfc822;").append(xtext(envelope.recipient()));
            }
            return command.append("\r\n").toString();
        }

        private void write(String commands) throws IOException {
            OutputStream out = sockets.out();
            out.write(commands.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private int response() throws IOException, MessagingException {
            int code = readServerResponse();
            if (code < 0) {
                throw new IOException("closed by the server");
            }
            return code;
        }

        @Override
        public synchronized void close() {
            usable = false;
            try {
                super.close();
            } catch (MessagingException e) {
                // it is gone either way
            }
        }
    }

    private static final byte[] END_OF_CONTENT = {'.', '\r', '\n'};

    /** Makes sockets without Nagle's delay and remembers the outermost, which is the one to write to. */
    private static final class Sockets {
        private @Nullable Socket newest;

        private Socket remember(Socket socket) throws SocketException {
            socket.setTcpNoDelay(true);
            newest = socket;
            return socket;
        }

        OutputStream out() throws IOException {
            Socket socket = newest;
            if (socket == null) {
                throw new IOException("not connected");
            }
            return socket.getOutputStream();
        }

        void abort() throws IOException {
            Socket socket = newest;
            if (socket != null) {
                socket.close();
            }
        }

        void timeout(int millis) throws SocketException {
            Socket socket = newest;
            if (socket != null) {
                socket.setSoTimeout(millis);
            }
        }

        SocketFactory plain() {
            return new SocketFactory() {
                @Override
                public Socket createSocket() throws IOException {
                    return remember(new Socket());
                }

                @Override
                public Socket createSocket(String host, int port) throws IOException {
                    return remember(new Socket(host, port));
                }

                @Override
                public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                    return remember(new Socket(host, port, local, localPort));
                }

                @Override
                public Socket createSocket(InetAddress host, int port) throws IOException {
                    return remember(new Socket(host, port));
                }

                @Override
                public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                        throws IOException {
                    return remember(new Socket(host, port, local, localPort));
                }
            };
        }

        SSLSocketFactory secure(boolean anyCertificate) {
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            if (anyCertificate) {
                try {
                    MailSSLSocketFactory trusting = new MailSSLSocketFactory();
                    trusting.setTrustAllHosts(true);
                    factory = trusting;
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Securing(factory);
        }

        private final class Securing extends SSLSocketFactory {
            private final SSLSocketFactory factory;

            Securing(SSLSocketFactory factory) {
                this.factory = factory;
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return factory.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return factory.getSupportedCipherSuites();
            }

            @Override
            public Socket createSocket() throws IOException {
                return remember(factory.createSocket());
            }

            @Override
            public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
                return remember(factory.createSocket(socket, host, port, autoClose));
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return remember(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                return remember(factory.createSocket(host, port, local, localPort));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return remember(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                return remember(factory.createSocket(host, port, local, localPort));
            }
        }
    }
}
