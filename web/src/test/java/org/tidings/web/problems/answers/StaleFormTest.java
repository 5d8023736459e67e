package org.tidings.web.problems.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaleFormTest {

    @Test
    void keepsWhatWasTyped_MBR22() {
        assertThat(StaleForm.read("/me/profile", "_csrf=old&name=J%C3%B6rg+M&wishes=email&wishes=phone"))
                .hasValueSatisfying(stale -> assertThat(stale.fields())
                        .containsExactly(
                                new StaleForm.Field("name", "Jörg M"),
                                new StaleForm.Field("wishes", "email"),
                                new StaleForm.Field("wishes", "phone")));
    }

    @Test
    void keepsNoPassword_MBR22() {
        assertThat(StaleForm.read("/sign-in", "address=a&password=b")).isEmpty();
        assertThat(StaleForm.read("/me/password", "current=a")).isEmpty();
        assertThat(StaleForm.read("", "a=b")).isEmpty();
        assertThat(StaleForm.read("/a", "a=%ff")).isEmpty();
    }
}
