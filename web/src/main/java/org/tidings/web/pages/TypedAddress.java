package org.tidings.web.pages;

import java.util.Locale;
import java.util.Optional;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;

/** A mail address that was typed or pasted into a form, whichever form it is. */
public final class TypedAddress {

    static final String AS_TYPED = "typed";
    private static final String AS_MEANT = "meant";

    private TypedAddress() {}

    /** Name of the buttons that answer the question whether another address was meant. */
    public static String answerTo(String field) {
        return field + "-as";
    }

    /** Name of the hidden field with the address that was asked about. */
    public static String askedAbout(String field) {
        return field + "-asked";
    }

    /** Forms that are not ours may call the field otherwise. */
    public static Form alsoFrom(Form form, String otherName, String field) {
        if (!form.value(field).isEmpty()) {
            return form;
        }
        form.accept(otherName);
        return form.fill(field, form.value(otherName));
    }

    /** The address, or the reason beside the field. */
    public static Optional<EmailAddress> read(Form form, String field) {
        try {
            EmailAddress address = EmailAddress.pasted(form.value(field));
            form.accept(field);
            return Optional.of(address);
        } catch (EmailAddressRejected e) {
            reject(form, field, e);
            return Optional.empty();
        }
    }

    /**
     * The same, where a mail to a mistyped address would be waited for in vain: empty also for the question whether another one was
     * meant. Whoever sends the form once more without an answer has said that it is right.
     */
    public static Optional<EmailAddress> readAsking(Form form, String field) {
        String typed = form.value(field);
        Optional<EmailAddress> meant = EmailAddress.likelyMeant(typed);
        String answer = form.value(answerTo(field));
        if (meant.isPresent() && answer.equals(AS_MEANT)) {
            form.fill(field, meant.get().original()).accept(field);
            return meant;
        }
        Optional<EmailAddress> read = read(form, field);
        boolean asked = answer.equals(AS_TYPED) || form.value(askedAbout(field)).equals(typed);
        if (meant.isPresent() && !(asked && read.isPresent())) {
            form.suggest(field, meant.get().original());
            return Optional.empty();
        }
        return read;
    }

    private static void reject(Form form, String field, EmailAddressRejected why) {
        String reason = why.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean ofSigns = why.reason() == EmailAddressRejected.Reason.SYNTAX
                || why.reason() == EmailAddressRejected.Reason.CONTROL_CHARACTER
                || why.reason() == EmailAddressRejected.Reason.DOMAIN;
        String cleaned = EmailAddress.cleaned(form.value(field));
        if (ofSigns && cleaned.indexOf('@') < 0) {
            form.reject(field, "site.address.no-at");
        } else if (ofSigns && why.character().isPresent()) {
            name(form, field, why.character().get());
        } else {
            form.reject(field, "site.address." + reason);
        }
    }

    private static void name(Form form, String field, int character) {
        if (character == '@') {
            form.reject(field, "site.address.several-ats");
        } else if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            form.reject(field, "site.address.blank");
        } else if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
            form.reject(field, "site.address.invisible", String.format(Locale.ROOT, "U+%04X", character));
        } else {
            form.reject(field, "site.address.character", Character.toString(character));
        }
    }
}
