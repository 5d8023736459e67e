package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium by Playwright. Where there is none its tests are skipped and say so; with {@code CI=true} they fail.
 *
 * <pre>{@code
 * try (Chromium chromium = Chromium.open()) {
 *     Page page = chromium.phone();
 *     page.navigate(site().url());
 *     chromium.checkAccessibility(page);
 * }
 * }</pre>
 */
public final class Chromium implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/bin/chromium");
    /** Without these Chromium calls home at every start, and does not start as root. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium open() {
        if (!Files.isExecutable(BINARY)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("CI must test in a browser, and there is no " + BINARY + ": see .ci/run");
            }
            System.err.println(
                    "SKIPPED: no " + BINARY + ", so nothing is tested in a browser (apt-get install chromium).");
            Assumptions.abort("no " + BINARY);
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(BINARY)
                        .setHeadless(true)
                        .setArgs(FLAGS));
        return new Chromium(playwright, browser);
    }

    /** 390 by 844 pixels, with touch. */
    public Page phone() {
        return page(options(390, 844).setHasTouch(true).setIsMobile(true));
    }

    /** 1280 by 800 pixels. */
    public Page desktop() {
        return page(options(1280, 800));
    }

    public Page withoutJavaScript() {
        return page(options(1280, 800).setJavaScriptEnabled(false));
    }

    public Page dark(int width) {
        return page(options(width, 844).setColorScheme(ColorScheme.DARK));
    }

    public Page page(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(20_000);
        return context.newPage();
    }

    public static Browser.NewContextOptions options(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setLocale("en-GB");
    }

    /** WCAG 2.2 AA, as far as a machine can tell; fails with what is wrong and where. */
    public void checkAccessibility(Page page) {
        // Not inside frames: a mail's frame runs no scripts, so nothing could answer from there.
        var violations = new AxeBuilder(page)
                .exclude("iframe")
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertThat(violations.stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + " (" + rule.getHelp() + "): " + node.getTarget() + " "
                                        + node.getHtml()))
                        .toList())
                .as("accessibility of " + page.url())
                .isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
