package org.tidings.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidings.web.problems.Problem;

class FormTest {

    @Test
    void takesAFieldWithoutAValueForAnEmptyOne_REP22() {
        assertThat(Form.of(sent("address", null)).value("address")).isEmpty();
    }

    @Test
    void namesTheOddCharacterOfAnyField_REP04() {
        Form form = Form.of(sent("headline", "Head\u2028line"));

        assertThat(form.valid()).isFalse();
        assertThat(form.value("headline")).isEqualTo("Head\u2028line");
        assertThat(form.error("headline"))
                .hasValue(new Form.Reason("site.form.odd.separator", java.util.List.of(5, 1, "U+2028 LINE SEPARATOR")));
    }

    @Test
    void leavesPasswordsAlone() {
        assertThat(Form.of(sent("password", "a\u2028b")).valid()).isTrue();
        assertThatThrownBy(() -> Form.of(sent("password", "a\0b"))).isInstanceOf(Problem.class);
    }

    @Test
    void trimsWhatShowsNothing() {
        assertThat(Form.of(sent("name", "\u00a0\ufeff Ada Lovelace\u2003\n")).trimmed("name"))
                .isEqualTo("Ada Lovelace");
        assertThat(Form.of(sent("name", "\u00a0\u200b")).require("name", "x").error("name"))
                .isPresent();
    }

    private static MultivaluedMap<String, String> sent(String name, @Nullable String value) {
        MultivaluedMap<String, String> sent = new MultivaluedHashMap<>();
        sent.put(name, java.util.Collections.singletonList(value));
        return sent;
    }
}
