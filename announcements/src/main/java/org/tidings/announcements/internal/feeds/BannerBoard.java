package org.tidings.announcements.internal.feeds;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tidings.announcements.Banner;
import org.tidings.announcements.PublicAnnouncements;
import org.tidings.announcements.PublicAnnouncements.PublicAnnouncement;
import org.tidings.announcements.internal.settings.Settings;

/** Every page asks, so the answer is kept for two seconds. */
@ApplicationScoped
public class BannerBoard implements Banner {

    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final int MAX_THREADS = 200;
    private static final int MAX_LINES = 3;

    private final PublicAnnouncements announcements;
    private final Settings settings;
    private final Clock clock;
    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    private record Kept(Instant from, List<PublicAnnouncement> threads) {

        /** A clock that was put back must not keep it for longer. */
        boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(from.plus(KEPT));
        }
    }

    @SuppressWarnings("NullAway") // for the proxy
    public BannerBoard() {
        announcements = null;
        settings = null;
        clock = null;
    }

    @Inject
    public BannerBoard(PublicAnnouncements announcements, Settings settings, Clock clock) {
        this.announcements = announcements;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Line> lines(Locale language) {
        return current().stream()
                .limit(MAX_LINES)
                .map(thread -> line(thread, language))
                .toList();
    }

    @Override
    public int more() {
        return Math.max(0, current().size() - MAX_LINES);
    }

    private List<PublicAnnouncement> current() {
        Instant now = clock.instant();
        Kept known = kept.get();
        if (known != null && known.holdsAt(now)) {
            return known.threads();
        }
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<PublicAnnouncement> threads = announcements.newest(MAX_THREADS).stream()
                .filter(thread -> Course.matters(
                        thread.latest().content(),
                        thread.standing(),
                        thread.latest().publishedAt(),
                        settings.bannerHours(),
                        at))
                .sorted(Comparator.comparingInt(
                        thread -> Course.severity(thread.latest().content().type(), thread.standing())))
                .toList();
        kept.set(new Kept(now, threads));
        return threads;
    }

    private static Line line(PublicAnnouncement thread, Locale language) {
        PublicAnnouncements.Part latest = thread.latest();
        return new Line(
                thread.id(),
                latest.content().type(),
                thread.standing(),
                latest.content().languageFor(language),
                latest.headline(language),
                latest.content().window());
    }
}
