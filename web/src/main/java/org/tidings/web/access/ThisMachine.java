package org.tidings.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.tidings.web.SiteSettings;

/**
 * Whether a request was sent by somebody at this machine. A proxy on it sends from here, too, so whatever speaks of one speaks against
 * it: its headers, HTTP/1.0, a name that is not the machine's own. A proxy that does none of this cannot be told.
 */
public final class ThisMachine {

    private static final List<String> OF_PROXIES = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Real-IP",
            "Via",
            "CF-Connecting-IP",
            "True-Client-IP");

    private ThisMachine() {}

    public static boolean sent(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    // The name is checked too, because another site may point a name of its own at 127.0.0.1.
                    && SiteSettings.NAMES_OF_THIS_MACHINE.contains(request.getServerName())
                    && !"HTTP/1.0".equals(request.getProtocol())
                    && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }
}
