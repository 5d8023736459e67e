package org.tidings.web.announcements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.tidings.announcements.AnnouncementType;
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
        return banner.lines(language).stream()
                .map(line -> new Banner(
                        tone(line),
                        line.headline(),
                        text(line, language),
                        "/announcements/" + line.id().value()))
                .toList();
    }

    private String text(Line line, Locale language) {
        return texts.text(
                language,
                line.type() == AnnouncementType.MAINTENANCE || line.type() == AnnouncementType.INCIDENT
                        ? "announcements.banner." + Words.kebab(line.type()) + "-" + Words.kebab(line.standing())
                        : "announcements.type." + Words.kebab(line.type()));
    }

    private static String tone(Line line) {
        return switch (line.type()) {
            case SECURITY, DATA_BREACH -> "danger";
            case INCIDENT -> "warning";
            case MAINTENANCE -> line.standing() == Standing.UNDER_WAY ? "warning" : "notice";
            default -> "notice";
        };
    }
}
