package org.tidings.web.mail;

import java.util.Locale;
import java.util.function.BiFunction;
import org.tidings.mail.Diagnostic;
import org.tidings.web.pages.PageContext;
import org.tidings.web.pages.Texts;

/** What is on record about a try: the words of the other server as they are, our own reasons in the reader's language. */
public final class Replies {

    private static final Texts TEXTS = new Texts();

    private Replies() {}

    /** {@code wartet, bis google an der Reihe ist}, {@code 550 5.1.1 User unknown}. */
    public static String words(PageContext page, Diagnostic diagnostic) {
        return words(diagnostic, page::t);
    }

    /** For programs and files, which have no language. */
    public static String inEnglish(Diagnostic diagnostic) {
        return words(diagnostic, (key, about) -> TEXTS.text(Locale.ENGLISH, key, about));
    }

    private static String words(Diagnostic diagnostic, BiFunction<String, Object, String> texts) {
        if (diagnostic instanceof Diagnostic.Own own) {
            return texts.apply(
                    key(own.why()),
                    own.about().map(about -> words(about, texts)).orElse(""));
        }
        return diagnostic.kept();
    }

    static String key(Diagnostic.Why why) {
        return "mail.reply." + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
