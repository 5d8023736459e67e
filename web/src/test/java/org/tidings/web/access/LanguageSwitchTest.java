package org.tidings.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageSwitchTest {

    @Test
    void readsWhatWasTyped_MBR16() {
        assertThat(LanguageSwitch.fields("_csrf=t&address=zo%C3%AB+x&newsletter=a&newsletter=b&alone"))
                .isEqualTo(Map.of(
                        "address", List.of("zoë x"),
                        "newsletter", List.of("a", "b"),
                        "alone", List.of("")));
    }

    @Test
    void passesOverWhatCannotBeRead_REP22() {
        assertThat(LanguageSwitch.fields("a=%zz&b=%FF&c=%00&=d&e=f")).isEqualTo(Map.of("e", List.of("f")));
    }
}
