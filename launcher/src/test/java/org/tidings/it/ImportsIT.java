package org.tidings.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moving in: by clicking, with a browser and without scripts, and through the death of the server. */
@Tag("own-process")
@Tag("browser")
class ImportsIT {

    private static final Path SHOTS = Path.of("target", "shots");
    private static final int READERS = 60_000;

    /** A list of Mailchimp as it exports it: three files, a standing each. */
    private static byte[] mailchimp() {
        String columns = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,CONFIRM_IP,TIMEZONE";
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "subscribed_members_export_1a2b.csv",
                columns + ",LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
                        + "grace@readers.example.org,Grace,Hopper,5,2023-04-21 11:16:57,2023-04-21 11:17:57,192.0.2.1,America/New_York,2024-01-01 00:00:00,1,a,,\"\"\"VIP\"\"\"\n"
                        + "linus@readers.example.org,Linus,,2,2023-04-21 11:16:57,2023-04-21 11:17:57,,Europe/Kiev,2024-01-01 00:00:00,2,b,,\n"
                        + "not an address,Nobody,,2,,,,,,3,c,,\n");
        files.put(
                "unsubscribed_members_export_1a2b.csv",
                columns + ",UNSUB_TIME,UNSUB_REASON,LEID,EUID\n"
                        + "left@readers.example.org,Opted,Out,2,2018-02-12 10:54:27,2018-02-12 10:54:27,,,2018-07-23 12:19:27,NORMAL,4,d\n");
        files.put(
                "cleaned_members_export_1a2b.csv",
                columns + ",CLEAN_TIME,LEID,EUID\n"
                        + "gone@readers.example.org,Gone,,2,2018-02-12 10:54:27,2018-02-12 10:54:27,,,2018-07-23 12:19:27,5,e\n");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    /** Issue 12: each step by clicking, with a look at it on a telephone and in the dark; then all of it undone. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void movesAListOfMailchimpInByClicking() {
        HttpBrowser administrator = Crew.administrator();
        String slug = "moving-" + Site.fresh("in").replaceAll("[^a-z0-9]", "").substring(0, 8);
        var made = administrator.get("/staff/newsletters/new").form();
        made.fill("name", "Moved In")
                .fill("slug", slug)
                .fill("description", "Who moved in.")
                .fill("cadence", "Daily")
                .fill("language", "en")
                .submit();
        try (Chromium chromium = Chromium.open()) {
            for (Page page : List.of(chromium.desktop(), chromium.withoutJavaScript())) {
                signIn(page);
                page.navigate(site().url() + "/staff/subscribers/import?newsletter=" + slug);
                look(chromium, page, "import-1");
                page.setInputFiles(
                        "[name=file]", new FilePayload("audience_export.zip", "application/zip", mailchimp()));
                page.fill("[name=basis]", "They signed a list at our desk in the hall.");
                page.locator("main form .button-primary").first().click();

                assertThat(page.locator("main")).containsText("This is an export of Mailchimp");
                assertThat(page.locator("main")).containsText("Grace");
                look(chromium, page, "import-2");
                page.locator("main form .button-primary").first().click();

                assertThat(page.locator("h1")).hasText("What will happen");
                assertThat(page.locator("main")).containsText("One wrong row");
                look(chromium, page, "import-3");
                page.locator("main form .button-primary").first().click();

                // The live part asks for the page anew once it is over: what is looked at before that is gone under
                // one's eyes.
                assertThat(page.locator("main a[href$='/undo']")).isVisible();
                assertThat(page.locator("[data-live]")).hasCount(0);
                assertThat(page.locator(".notice-done")).containsText("Imported");
                page.waitForLoadState();
                look(chromium, page, "import-4");
                page.locator("main a[href$='/undo']").click();
                look(chromium, page, "import-undo");
                page.locator("main .button-danger").click();
                assertThat(page.locator("main")).containsText("What it had brought is gone again");
                page.navigate(site().url() + "/staff/imports?newsletter=" + slug);
                look(chromium, page, "imports");
                page.context().close();
            }
        }
    }

    private static void signIn(Page page) {
        page.navigate(site().url() + "/sign-in");
        page.fill("main [name=address]", Crew.ADMINISTRATOR);
        page.fill("main [name=password]", Crew.PASSWORD);
        page.locator("main button.button-primary").first().click();
        assertThat(page).hasURL(Pattern.compile("/staff.*|/me.*"));
    }

    /** For people in target/shots, for machines at once. */
    private static void look(Chromium chromium, Page page, String name) {
        chromium.checkAccessibility(page);
        var state = page.context().storageState();
        for (int width : new int[] {390, 1280}) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                Page other = chromium.page(
                        Chromium.options(width, 844).setStorageState(state).setColorScheme(scheme));
                other.navigate(page.url());
                assertThat(other.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(name + " fits into " + width)
                        .isEqualTo(true);
                other.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SHOTS.resolve(
                                name + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
                other.context().close();
            }
        }
    }

    /** The server dies in the middle; the next start goes on where it was, and everybody is there once. */
    @Test
    void anImportOutlivesTheServer() {
        try (Fleet fleet = Fleet.onH2("imports").up()) {
            TidingsProcess node = fleet.node(1);
            Newsroom room = Newsroom.openedAt(fleet.nodes());
            Newsroom.Paper paper = room.paper(node, "outlives", List.of("first@outlives.example.org"));
            String list = IntStream.range(0, READERS)
                    .mapToObj(i -> "reader-" + i + "@outlives.example.org,Reader " + i)
                    .collect(Collectors.joining("\n", "email,name\n", "\n"));
            String job = room.begin(node, paper, list);
            JsonObject now = room.look(node, job);
            while (!(now.getString("state").equals("running") && now.getInt("done") > 0)) {
                assertThat(now.getString("state")).isNotEqualTo("failed").isNotEqualTo("done");
                TidingsProcess.pause(20);
                now = room.look(node, job);
            }

            node.killAll();
            int before = now.getInt("done");
            fleet.up();
            JsonObject done = room.awaitImported(node, job);

            assertThat(before).isLessThan(READERS);
            assertThat(done.getJsonObject("report").getInt("added")).isEqualTo(READERS);
            assertThat(room.standings(node, paper)).isEqualTo(READERS + 1);
        }
    }
}
