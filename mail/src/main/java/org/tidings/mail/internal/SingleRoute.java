package org.tidings.mail.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everything over one mail server, at most so many mails a second; account mail does not wait for its turn. */
final class SingleRoute implements Traffic {

    private final Lanes lanes;
    private final Pace pace;
    private final List<Line> lines;

    SingleRoute(MailSettings settings, MailServer server, Lanes lanes) {
        this.lanes = lanes;
        this.pace = new Pace(settings.perSecond());
        int connections = settings.connections();
        this.lines = IntStream.range(0, connections)
                .mapToObj(i -> new Line(i, server, i == 0 && connections > 1))
                .toList();
    }

    @Override
    public List<Line> lines() {
        return lines;
    }

    @Override
    public boolean wants(Line line) {
        return !lanes.isEmpty(line.accountMailOnly());
    }

    @Override
    public @Nullable Work next(Line line) {
        Work account = lanes.take(true);
        if (account != null || line.accountMailOnly()) {
            return account;
        }
        return !lanes.isEmpty(false) && pace.take() ? lanes.take(false) : null;
    }

    @Override
    public void await(Line line, long millis) throws InterruptedException {
        long turn = wants(line) ? pace.millisToTurn() : millis;
        lanes.awaitChange(Math.max(1, Math.min(millis, turn)));
    }

    @Override
    public void putBack(Work work) {
        lanes.putFirst(work);
    }

    @Override
    public void replied(Line line, Work work, Reply reply) {}

    @Override
    public void connected(Line line) {}

    @Override
    public void notConnected(Line line, String why) {}
}
