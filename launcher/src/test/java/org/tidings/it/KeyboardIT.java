package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pages as somebody goes through them who has no mouse, and as a screen reader hears them: the skip link first, everything that can be
 * pressed reached by Tab in the order in which it is read, named and seen to have the focus; one first heading and none left out below it
 * (MBR-13 to 15).
 */
@Tag("browser")
class KeyboardIT {

    private static final List<String> OPEN = List.of(
            "/",
            "/newsletters",
            "/newsletters/keyboard",
            "/join/keyboard",
            "/subscribe",
            "/manage",
            "/register",
            "/sign-in",
            "/reset",
            "/announcements",
            "/privacy");
    private static final List<String> MEMBERS = List.of(
            "/me",
            "/me/profile",
            "/me/address",
            "/me/password",
            "/me/subscriptions",
            "/me/sessions",
            "/me/data",
            "/me/close");
    private static final List<String> STAFF = List.of(
            "/staff",
            "/staff/issues",
            "/staff/issues/new",
            "/staff/newsletters/new",
            "/staff/subscribers",
            "/staff/subscribers/import",
            "/staff/announcements",
            "/staff/announcements/new?type=maintenance",
            "/staff/policies",
            "/staff/people",
            "/staff/mail",
            "/staff/audit",
            "/me/tokens");

    /** What is wrong with the page as it stands; the focus is put back. */
    private static final String READ = """
            () => {
              const wrong = []
              const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden'
              const what = e => e.outerHTML.slice(0, 120)
              const heads = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(shown)
              if (heads.filter(h => h.tagName === 'H1').length !== 1) wrong.push('not one h1')
              heads.forEach((h, i) => { if (i && +h.tagName[1] > +heads[i - 1].tagName[1] + 1) wrong.push('heading left out before ' + what(h)) })
              if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])')) wrong.push('a tabindex of its own')
              for (const e of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')) {
                if (!shown(e)) continue
                const name = e.getAttribute('aria-label') || (e.labels && e.labels.length && e.labels[0].textContent) || e.textContent || e.title
                if (!name.trim()) wrong.push('without a name: ' + what(e))
              }
              for (const e of document.querySelectorAll('[aria-describedby],[aria-labelledby],[aria-controls]'))
                for (const a of ['aria-describedby', 'aria-labelledby', 'aria-controls'])
                  for (const id of (e.getAttribute(a) || '').split(' ').filter(Boolean))
                    if (!document.getElementById(id)) wrong.push(a + ' points nowhere: ' + what(e))
              if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push('wider than the window: ' + document.documentElement.scrollWidth)
              return wrong
            }
            """;

    /** Where the focus is: its place among all elements, and whether one sees it. */
    private static final String FOCUS = """
            () => {
              const e = document.activeElement
              if (!e || e === document.body || e.tagName === 'IFRAME') return [-1, '']
              const style = getComputedStyle(e)
              const box = e.getBoundingClientRect()
              const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
              const label = e.labels && e.labels[0] ? e.labels[0].getBoundingClientRect() : box
              const seen = (box.width > 0 && box.bottom > 0 && box.top < innerHeight) || (label.bottom > 0 && label.top < innerHeight)
              const place = [...document.querySelectorAll('*')].indexOf(e)
              return [place, (ring ? '' : 'no ring ') + (seen ? '' : 'out of sight ') + '|' + e.outerHTML.slice(0, 110)]
            }
            """;

    @Test
    void everyPageIsGoneThroughByKeysAlone_MBR13_MBR14_MBR15() {
        newsletter();
        String member = Site.fresh("keys");
        Crew.opensAccount(member, "Kai");
        Crew.administrator();
        List<String> wrong = new ArrayList<>();
        try (Chromium chromium = Chromium.open()) {
            Page phone = chromium.phone();
            phone.navigate(site().url() + "/?lang=de");
            walk(phone, OPEN, wrong);
            signIn(phone, member);
            walk(phone, MEMBERS, wrong);
            Page desktop = chromium.desktop();
            signIn(desktop, "root@example.net");
            walk(desktop, STAFF, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void walk(Page page, List<String> paths, List<String> wrong) {
        for (String path : paths) {
            page.navigate(site().url() + path);
            for (Object one : (List<?>) page.evaluate(READ)) {
                wrong.add(path + ": " + one);
            }
            tab(page, path, wrong);
        }
    }

    private static void tab(Page page, String path, List<String> wrong) {
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }");
        int last = -1;
        for (int i = 0; i < 120; i++) {
            page.keyboard().press("Tab");
            List<?> focus = (List<?>) page.evaluate(FOCUS);
            int place = ((Number) focus.get(0)).intValue();
            String said = String.valueOf(focus.get(1));
            if (place < 0) {
                return;
            }
            if (i == 0 && !path.startsWith("/join/") && !said.contains("class=\"skip\"")) {
                wrong.add(path + ": the skip link is not first but " + said);
            }
            if (place < last) {
                return;
            }
            if (!said.startsWith("|")) {
                wrong.add(path + ": " + said);
            }
            last = place;
        }
    }

    private static void signIn(Page page, String address) {
        page.navigate(site().url() + "/sign-in");
        page.fill("main [name=address]", address);
        page.fill("main [name=password]", Crew.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.endsWith("/sign-in"));
    }

    private static void newsletter() {
        Crew.administrator()
                .get("/staff/newsletters/new")
                .form()
                .fill("name", "Keyboard")
                .fill("slug", "keyboard")
                .fill("description", "Without a mouse.")
                .fill("cadence", "Weekly")
                .submit();
    }
}
