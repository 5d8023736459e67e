package org.tidings.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.web.accounts.KeptForm.Field;
import org.tidings.web.pages.Form;

class KeptFormTest {

    private static MultivaluedMap<String, String> sent(String... namesAndValues) {
        MultivaluedMap<String, String> sent = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            sent.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return sent;
    }

    /** As the password page sends it back: by its hidden fields. */
    private static KeptForm back(Form form) {
        MultivaluedMap<String, String> sent = sent(KeptForm.ACTION, form.value(KeptForm.ACTION));
        form.names(Form.CARRIED).forEach(name -> sent.put(name, form.values(name)));
        return KeptForm.of(Form.of(sent));
    }

    @Test
    void bringsBackWhatWasTyped_whateverIsInIt() {
        String odd = "bidi \u202e and 100 % & = + ü\r\nline";

        KeptForm kept = back(KeptForm.sentTo(
                "/staff/issues/new", sent("_csrf", "t", "subject", odd, "role", "A", "role", "B", "empty", "")));

        assertThat(kept.action()).isEqualTo("/staff/issues/new");
        assertThat(kept.fields())
                .containsExactlyInAnyOrder(
                        new Field("subject", odd),
                        new Field("role", "A"),
                        new Field("role", "B"),
                        new Field("empty", ""));
    }

    /** The largest text that a form of ours takes, in letters that are six characters each on their way. */
    @Test
    void keepsTheLargestText() {
        String text = "ü".repeat(500_000);

        assertThat(back(KeptForm.sentTo("/staff/issues/new", sent("markdown", text)))
                        .fields())
                .isEqualTo(List.of(new Field("markdown", text)));
    }

    @Test
    void saysWhatCannotWait() {
        Form large = KeptForm.sentTo("/staff/issues/new", sent("markdown", "ü".repeat(600_000)));
        String[] many = new String[400];
        Arrays.setAll(many, i -> "f" + i);
        Form fields = KeptForm.sentTo("/staff/issues/new", sent(many));
        Form secret = KeptForm.sentTo("/me/password", sent("new-password", "seven wild swans"));

        assertThat(large.error("").orElseThrow().key()).isEqualTo("accounts.kept.too-large");
        assertThat(fields.error("").orElseThrow().key()).isEqualTo("accounts.kept.too-large");
        assertThat(secret.error("").orElseThrow().key()).isEqualTo("accounts.kept.password");
        assertThat(secret.value("to")).isEqualTo("/me/password");
        assertThat(List.of(large, fields, secret))
                .allMatch(form -> !KeptForm.of(form).isThere());
    }

    @Test
    void takesNothingToAnotherSite_SEC52() {
        assertThat(KeptForm.sentTo("https://elsewhere.example/", sent("a", "b")).valid())
                .isTrue();
        assertThat(KeptForm.of(KeptForm.sentTo("//elsewhere.example", sent("a", "b")))
                        .isThere())
                .isFalse();
    }
}
