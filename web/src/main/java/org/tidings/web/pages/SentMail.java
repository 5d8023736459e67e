package org.tidings.web.pages;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tidings.mail.EmailAddress;

/**
 * A mail that somebody was told to look for.
 *
 * @param masked the address it went to, {@code ve…@example.com}
 * @param again the path to send the fields to for another one; empty if they are too many to be remembered
 */
public record SentMail(String masked, String again, List<Field> fields) {

    /** A cookie holds four thousand characters, and base64 makes four of three. */
    private static final int LONGEST_CHARS = 2_500;

    /** One field of the form that was sent. */
    public record Field(String name, String value) {}

    /** Where it went, if that is remembered. */
    Optional<EmailAddress> address() {
        return fields.stream()
                .filter(field -> field.name().equals("address"))
                .map(field -> EmailAddress.parse(field.value()))
                .findFirst();
    }

    /** What stands before the {@code @} and not every mail server carries; empty for most addresses. */
    public String unusual() {
        return address().map(EmailAddress::unusual).orElse("");
    }

    static SentMail of(EmailAddress address, String again, Form form, List<String> names) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("address", address.original()));
        fields.add(new Field(TypedAddress.answerTo("address"), TypedAddress.AS_TYPED));
        names.forEach(name -> form.values(name).forEach(value -> fields.add(new Field(name, value))));
        SentMail whole = new SentMail(address.masked(), again, fields);
        return whole.written().length() <= LONGEST_CHARS ? whole : new SentMail(address.masked(), "", List.of());
    }

    String written() {
        return masked + "\n" + again + "\n"
                + fields.stream()
                        .map(field -> encode(field.name()) + "=" + encode(field.value()))
                        .collect(Collectors.joining("&"));
    }

    static SentMail read(String written) {
        String[] lines = written.split("\n", 3);
        List<Field> fields = new ArrayList<>();
        for (String pair : lines[2].isEmpty() ? new String[0] : lines[2].split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.add(new Field(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
        }
        return new SentMail(lines[0], lines[1], fields);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
