package org.tidings.web.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tidings.web.pages.PageContext;

/** What is on record about a try: the words of the other server as they are, our own ones in the reader's language. */
public final class Replies {

    /** How the mail module's own words begin, and under which key they are. The longer of two that begin alike comes first. */
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
        OWN.put("waits for its turn at ", "mail.reply.turn");
        OWN.put("waits for the mailing's hours", "mail.reply.hours");
        OWN.put("given up: ", "mail.reply.given-up");
        OWN.put("connection broke after the content: ", "mail.reply.broke-after");
        OWN.put("connection broke: ", "mail.reply.broke");
        OWN.put("the connection ended with the mail before: ", "mail.reply.before");
        OWN.put("the process ended while the mail was on its way", "mail.reply.process");
        OWN.put("250 kept in the local mailbox", "mail.reply.mailbox");
        OWN.put("failed after the content", "mail.reply.failed-after");
    }

    private Replies() {}

    /** {@code waits for its turn at google} as {@code wartet, bis google an der Reihe ist}. */
    public static String words(PageContext page, String reply) {
        for (Map.Entry<String, String> own : OWN.entrySet()) {
            if (reply.startsWith(own.getKey())) {
                return page.t(
                        own.getValue(), words(page, reply.substring(own.getKey().length())));
            }
        }
        return reply;
    }
}
