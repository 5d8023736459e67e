package org.tidings.mail.internal.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes sockets without Nagle's delay and remembers the outermost, which is the one to write to. */
final class SmtpSockets {
    private @Nullable Socket first;
    private @Nullable Socket newest;

    private Socket remember(Socket socket) throws SocketException {
        socket.setTcpNoDelay(true);
        if (first == null) {
            first = socket;
        }
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

    InputStream in() throws IOException {
        Socket socket = newest;
        if (socket == null) {
            throw new IOException("not connected");
        }
        return socket.getInputStream();
    }

    /** The innermost one: closing TLS in an orderly way would wait for whoever is writing. */
    void abort() throws IOException {
        Socket socket = first;
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

    /** @param trusting judges certificates, unless any will do */
    SSLSocketFactory secure(boolean anyCertificate, SSLSocketFactory trusting) {
        SSLSocketFactory factory = trusting;
        if (anyCertificate) {
            try {
                MailSSLSocketFactory any = new MailSSLSocketFactory();
                any.setTrustAllHosts(true);
                factory = any;
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
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return remember(factory.createSocket(host, port, local, localPort));
        }
    }
}
