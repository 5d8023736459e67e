package org.tidings.mail.internal.returned;

import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.mail.ReturnedMails;
import org.tidings.mail.internal.returned.webhooks.Webhooks;

/** What came back, for staff. */
final class ShowingReturnedMail implements ReturnedMails {

    private static final int LINES_AT_MOST = 500;

    private final ReturnedMailBook book;
    private final ListeningForBounces listening;
    private final FetchingMailbox fetching;
    private final Webhooks webhooks;

    ShowingReturnedMail(
            ReturnedMailBook book, ListeningForBounces listening, FetchingMailbox fetching, Webhooks webhooks) {
        this.book = book;
        this.listening = listening;
        this.fetching = fetching;
        this.webhooks = webhooks;
    }

    @Override
    public List<Line> newest(Optional<Sort> sort, Optional<OffsetDateTime> before, int limit) {
        return lines(
                book.newest(sort.map(ShowingReturnedMail::stored).orElse(null), before.orElse(null), atMost(limit)));
    }

    @Override
    public List<Line> toReview(int limit) {
        return lines(book.toReview(atMost(limit)));
    }

    @Override
    public List<Line> of(UUID returnedMail) {
        return lines(book.of(returnedMail));
    }

    @Override
    public List<Line> about(UUID addressHash, int limit) {
        return lines(book.about(addressHash, atMost(limit)));
    }

    @Override
    public List<Figure> figures(OffsetDateTime since) {
        return book.figures(since).stream()
                .map(figure -> new Figure(sort(figure.sort()), figure.reason(), figure.count()))
                .toList();
    }

    @Override
    public long waiting() {
        return book.countWaiting();
    }

    @Override
    public Optional<byte[]> raw(UUID returnedMail) {
        return book.raw(returnedMail);
    }

    @Override
    public Map<String, String> waysIn() {
        Map<String, String> ways = new LinkedHashMap<>();
        listening.ownDomain().ifPresent(domain -> ways.put("smtp", domain + ":" + listening.smtpPort()));
        fetching.state().ifPresent(mailbox -> ways.put("mailbox", mailbox));
        webhooks.on().forEach(webhook -> ways.put(webhook.name(), "/webhooks/" + webhook.name()));
        return ways;
    }

    private static int atMost(int limit) {
        return Math.min(Math.max(limit, 1), LINES_AT_MOST);
    }

    private static List<Line> lines(List<ReturnedMailBook.Line> lines) {
        return lines.stream().map(ShowingReturnedMail::line).toList();
    }

    private static Line line(ReturnedMailBook.Line line) {
        return new Line(
                line.returnedMail(),
                line.cameAt(),
                sort(line.sort()),
                line.reason(),
                line.status(),
                Effect.valueOf(line.effect().toUpperCase(Locale.ROOT)),
                line.way(),
                line.diagnostic(),
                line.addressHash(),
                line.rawKept());
    }

    /** The names of the classes that were stored, {@code HardBounce}. */
    private static final Map<Sort, String> STORED = stored();

    private static Map<Sort, String> stored() {
        Map<Sort, String> names = new EnumMap<>(Sort.class);
        for (Sort sort : Sort.values()) {
            StringBuilder name = new StringBuilder();
            for (String word : sort.name().split("_", -1)) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            names.put(sort, name.toString());
        }
        return names;
    }

    private static String stored(Sort sort) {
        return STORED.getOrDefault(sort, "");
    }

    private static Sort sort(String stored) {
        return STORED.entrySet().stream()
                .filter(e -> e.getValue().equals(stored))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Sort.NOT_UNDERSTOOD);
    }
}
