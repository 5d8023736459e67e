package org.tidings.web.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.tidings.site.Jobs.Failure;
import org.tidings.site.Jobs.Job;
import org.tidings.web.pages.TestPages;

class JobsPageTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-12-01T10:00:00Z");

    private static final Job WAITS = new Job(
            "tidy-accounts",
            Duration.ofMinutes(10),
            false,
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            Optional.empty());
    private static final Job FAILS = new Job(
            "copy-opt-outs",
            Duration.ofSeconds(5),
            false,
            Optional.of(NOW),
            Optional.of(Duration.ofMillis(12)),
            7,
            2,
            Optional.of(new Failure(NOW, "java.io.IOException")),
            Optional.of(NOW.minusMinutes(1)));

    @Test
    void saysWhatWaitsAndWhatDoesNotSucceed() {
        Document page = TestPages.render("staff/jobs", Map.of("jobs", List.of(WAITS, FAILS)));

        assertThat(page.select("tbody tr").get(0).text())
                .contains("Erase what is due", "every 10 minutes", "not yet", "Waits for its time");
        assertThat(page.select("tbody tr").get(1).text())
                .contains("every 5 seconds", "0.012 s", "Does not succeed", "Failed 2 times", "java.io.IOException");
    }

    @Test
    void theFirstPageOfAdministratorsNamesWhatDoesNotSucceed() {
        Document card = TestPages.render("staff/failing", Map.of("jobs", List.of(FAILS)));

        assertThat(card.text()).contains("A job does not succeed", "Copy opt-outs out of the database");
        assertThat(card.select("a[href=/staff/jobs]")).hasSize(1);
    }
}
