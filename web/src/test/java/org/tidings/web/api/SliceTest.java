package org.tidings.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidings.web.problems.Problem;

class SliceTest {

    @Test
    void goesOnAfterTheLastItem() {
        Slice<String> slice = Slice.of(List.of("a", "b", "c"), 2, item -> item);

        assertThat(slice.items()).containsExactly("a", "b");
        assertThat(Slice.after(slice.next())).contains("b");
    }

    @Test
    void endsWithoutACursor() {
        assertThat(Slice.of(List.of("a", "b"), 2, item -> item).next()).isNull();
    }

    @Test
    void refusesACursorThatWasNeverGiven() {
        assertThatThrownBy(() -> Slice.after("§")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Slice.after("YQ==")).isInstanceOf(Problem.class);
    }

    @Test
    void boundsTheLimit() {
        assertThat(Slice.limit(null)).isEqualTo(50);
        assertThat(Slice.limit(200)).isEqualTo(200);
        assertThatThrownBy(() -> Slice.limit(201)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Slice.limit(0)).isInstanceOf(Problem.class);
    }
}
