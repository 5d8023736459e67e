package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The staff pages about returned mail, in a browser: readable by everybody, on a phone and on a desk; on both databases. */
class ReturnedPagesIT {

    /** How pages look has nothing to do with the database: once is enough for that. */
    private static final List<String> LANGUAGES =
            System.getProperty("it.database", "h2").equals("h2") ? List.of("en", "de") : List.of("en");

    private static final Path SHOTS = Path.of("target", "shots").toAbsolutePath();

    @Test
    void pagesAreReadableForEverybody() {
        Crew.administrator();
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.desktop();
            page.navigate(site().url() + "/sign-in");
            page.fill("main [name=address]", "root@example.net");
            page.fill("main [name=password]", Crew.PASSWORD);
            page.locator("main button.button-primary").first().click();
            page.waitForLoadState();
            page.navigate(site().url() + "/staff/suppressed");
            page.fill("main [name=address]", "somebody@example.net");
            page.locator("main button.button-primary").first().click();
            page.waitForLoadState();
            String address = page.url().substring(site().url().length());
            assertThat(address).matches("/staff/suppressed/[0-9a-f-]{36}");

            String state = page.context().storageState();
            for (String path : List.of("/staff/returned", "/staff/returned/review", "/staff/suppressed", address)) {
                for (int width : new int[] {390, 1280}) {
                    for (String language : LANGUAGES) {
                        look(chromium, state, path, width, language);
                    }
                }
            }
        }
    }

    /** English in the light, German in the dark; looked at by people in target/shots. */
    private static void look(Chromium chromium, String state, String path, int width, String language) {
        Page page = chromium.page(Chromium.options(width, 844)
                .setStorageState(state)
                .setColorScheme(language.equals("de") ? ColorScheme.DARK : ColorScheme.LIGHT));
        page.navigate(site().url() + path + "?lang=" + language);
        chromium.checkAccessibility(page);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as(path + " fits into " + width)
                .isEqualTo(true);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SHOTS.resolve(path.replaceAll("/[0-9a-f-]{36}", "-one").replaceAll("[^a-z]+", "-") + "-"
                        + width + "-" + language + ".png")));
        page.context().close();
    }
}
