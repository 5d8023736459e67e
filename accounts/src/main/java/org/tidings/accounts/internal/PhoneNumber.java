package org.tidings.accounts.internal;

import java.util.regex.Pattern;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.PhoneRejected;

/** A number as people write it; kept only while calls are wished (P1). */
final class PhoneNumber {

    private static final Pattern WRITTEN = Pattern.compile("[0-9+][0-9 ()./-]{2,38}[0-9]");

    private PhoneNumber() {}

    static String of(ContactWishes wishes) {
        if (!wishes.byPhone()) {
            return "";
        }
        String phone = wishes.phone().strip();
        if (!WRITTEN.matcher(phone).matches()) {
            throw new PhoneRejected();
        }
        return phone;
    }
}
