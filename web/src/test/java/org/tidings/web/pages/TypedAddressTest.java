package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidings.mail.EmailAddress;

class TypedAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|site.address.empty",
                "ada at example.org|site.address.no-at",
                "ada|site.address.no-at",
                "a b@example.org|site.address.blank",
                "a@b@example.org|site.address.several-ats",
                "ada@example.org, bob@example.org|site.address.several-ats",
                "ada@exa\u202Emple.org|site.address.invisible",
                "ada(x)y@example.org|site.address.character",
                "ada..l@example.org|site.address.syntax",
                "ada@localhost|site.address.domain"
            })
    void saysWhatIsWrong(String typed, String key) {
        Form form = Form.empty().fill("address", typed);

        assertThat(TypedAddress.read(form, "address")).isEmpty();
        assertThat(form.error("address"))
                .hasValueSatisfying(reason -> assertThat(reason.key()).isEqualTo(key));
    }

    /** MBR-25. */
    @Test
    void asksOnceAndTakesEitherAnswer_MBR25() {
        Form first = Form.empty().fill("address", "ada@gmial.com");
        assertThat(TypedAddress.readAsking(first, "address")).isEmpty();
        assertThat(first.valid()).isTrue();
        assertThat(first.suggestion("address")).contains("ada@gmail.com");

        Form taken = Form.empty().fill("address", "ada@gmial.com").fill("address-as", "meant");
        assertThat(TypedAddress.readAsking(taken, "address")).contains(EmailAddress.parse("ada@gmail.com"));
        Form kept = Form.empty().fill("address", "ada@gmial.com").fill("address-as", "typed");
        assertThat(TypedAddress.readAsking(kept, "address")).contains(EmailAddress.parse("ada@gmial.com"));
        Form again = Form.empty().fill("address", "ada@gmial.com").fill("address-asked", "ada@gmial.com");
        assertThat(TypedAddress.readAsking(again, "address")).contains(EmailAddress.parse("ada@gmial.com"));
        Form other = Form.empty().fill("address", "ada@hotmial.com").fill("address-asked", "ada@gmial.com");
        assertThat(TypedAddress.readAsking(other, "address")).isEmpty();
    }

    @Test
    void offersWhatCanBeOfWhatCannot_MBR25() {
        Form form = Form.empty().fill("address", "ada@gmail,com");

        assertThat(TypedAddress.readAsking(form, "address")).isEmpty();
        assertThat(form.error("address")).isPresent();
        assertThat(form.suggestion("address")).contains("ada@gmail.com");
    }

    /** The question has an answer for both, works without scripts, and keeps what else was typed. */
    @Test
    void asksInTheForm_MBR25() {
        Form form = Form.empty().fill("address", "ada@gmial.com").fill("newsletter", List.of("a"));
        TypedAddress.readAsking(form, "address");

        var page = TestPages.render(
                "accounts/register", Map.of("form", form, "offers", List.of()), TestPages.anonymous(Locale.GERMAN));

        assertThat(page.select("form[action=/register] button[name=address-as]").eachAttr("value"))
                .containsExactly("meant", "typed");
        assertThat(page.select("[name=address-asked]").val()).isEqualTo("ada@gmial.com");
        assertThat(page.text()).contains("Meinten Sie diese Adresse?", "ada@gmail.com");
        assertThat(page.select("[name=address]").val()).isEqualTo("ada@gmial.com");
    }

    @Test
    void rememberedMailComesBackAsItWasWritten() {
        Form form = Form.empty().fill("newsletter", List.of("a & b", "c=d"));

        SentMail mail =
                SentMail.of(EmailAddress.parse("vera+x@example.com"), "/subscribe", form, List.of("newsletter"));

        assertThat(SentMail.read(mail.written())).isEqualTo(mail);
        assertThat(mail.masked()).isEqualTo("ve…@example.com");
        assertThat(mail.fields()).contains(new SentMail.Field("address-as", "typed"));
        form.fill("newsletter", java.util.Collections.nCopies(100, "0190163d-8694-739b-aea5-966c26f8ad91"));
        assertThat(SentMail.of(EmailAddress.parse("vera@example.com"), "/subscribe", form, List.of("newsletter")))
                .as("more than a cookie holds")
                .isEqualTo(new SentMail("ve…@example.com", "", List.of()));
    }
}
