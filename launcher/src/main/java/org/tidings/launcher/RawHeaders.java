package org.tidings.launcher;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;

/** What a request's header was read from: the codec forgets a length that stands beside a transfer coding. */
@SuppressWarnings("rawtypes") // as the probe is
final class RawHeaders extends HttpProbe.Adapter {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length[ \t]*:");
    private static final Attribute<Buffer> RECEIVED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("tidings.received");
    private static final Attribute<String> HEADER = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("tidings.header");

    @Override
    public void onDataReceivedEvent(Connection connection, Buffer buffer) {
        RECEIVED.set(connection, buffer);
    }

    /** By now the buffer ends where the header does. */
    @Override
    public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
        Buffer received = RECEIVED.remove(connection);
        if (header.isChunked() && received != null) {
            HEADER.set(header.getAttributes(), received.toStringContent(StandardCharsets.ISO_8859_1, 0, size));
        }
    }

    /** A body's are nobody's business here. */
    @Override
    public void onContentChunkParseEvent(Connection connection, HttpContent content) {
        RECEIVED.remove(connection);
    }

    /** Whether a chunked request says a length, too. */
    static boolean saysALengthToo(HttpHeader request) {
        String header = HEADER.get(request.getAttributes());
        return header != null && LENGTH.matcher(header).find();
    }
}
