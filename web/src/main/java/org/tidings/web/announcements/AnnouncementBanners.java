package org.tidings.web.announcements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidings.announcements.Banner.Line;
import org.tidings.announcements.PublicAnnouncements.Standing;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Banner;
import org.tidings.web.pages.Banners;
import org.tidings.web.pages.Texts;

/** Puts what matters now on top of every page. */
@ApplicationScoped
public class AnnouncementBanners implements Banners {
    @Inject
    org.tidings.announcements.Banner banner;

    @Inject
    Texts texts;

    @Override
    public List<Banner> now(Visitor visitor) {
        Locale language = visitor.language();
        List<Banner> banners = new ArrayList<>();
        for (Line line : banner.lines(language)) {
            banners.add(new Banner(
                    tone(line),
                    line.headline(),
                    text(line, language),
                    "/announcements/" + line.id().value()));
        }
        int more = banner.more();
        if (more > 0 && !banners.isEmpty()) {
            Banner last = banners.remove(banners.size() - 1);
            banners.add(new Banner(
                    last.tone(),
                    last.title(),
                    last.text(),
                    last.path(),
                    texts.text(language, "announcements.banner.more", more),
                    "/announcements"));
        }
        return banners;
    }

    private String text(Line line, Locale language) {
        if (!line.type().work()) {
            return texts.text(language, "announcements.type." + Words.kebab(line.type()));
        }
        return texts.text(
                language, "announcements.banner." + Words.kebab(line.type()) + "-" + Words.kebab(line.standing()));
    }

    private static String tone(Line line) {
        return switch (line.type()) {
            case SECURITY, DATA_BREACH -> "danger";
            case INCIDENT -> "warning";
            case MAINTENANCE -> line.standing() == Standing.UPCOMING ? "notice" : "warning";
            default -> "notice";
        };
    }
}
