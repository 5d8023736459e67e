package org.tidings.mail.internal.sending;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Diagnostic;
import org.tidings.mail.MailTraffic;
import org.tidings.mail.internal.settings.MailSettings;
import org.tidings.mail.internal.settings.RelayPlan;
import org.tidings.mail.internal.settings.SmtpUrl;
import org.tidings.mail.internal.traffic.shaping.Fleet;
import org.tidings.mail.internal.traffic.shaping.SparingReceivers;
import org.tidings.site.Transactions;

/** Servers and receivers of the running engine. */
public final class ShowingTraffic implements MailTraffic {

    private final MailSettings settings;
    private final Supplier<@Nullable SendingEngine> engine;
    private final Supplier<Optional<SparingReceivers>> receiving;
    private final Transactions transactions;
    private final Map<String, String> addresses;

    /** @param engine null before sending begins */
    public ShowingTraffic(
            MailSettings settings,
            Supplier<@Nullable SendingEngine> engine,
            Supplier<Optional<SparingReceivers>> receiving,
            Transactions transactions) {
        this.settings = settings;
        this.engine = engine;
        this.receiving = receiving;
        this.transactions = transactions;
        this.addresses = settings.servers().stream()
                .collect(Collectors.toMap(
                        server -> server.plan().name(),
                        server -> server.url().map(SmtpUrl::label).orElse("")));
    }

    @Override
    public List<Server> servers() {
        SendingEngine running = engine.get();
        return running == null
                ? List.of()
                : running.servers().stream().map(this::server).toList();
    }

    private Server server(Fleet.State state) {
        RelayPlan plan = state.plan();
        return new Server(
                plan.name(),
                addresses.getOrDefault(plan.name(), ""),
                plan.classes(),
                plan.domains(),
                plan.weight(),
                state.downSince(),
                state.nextTry(),
                state.lastError().map(Diagnostic::of),
                state.lastSuccess(),
                state.openConnections(),
                plan.connections(),
                state.perSecond(),
                plan.perSecond(),
                state.sent());
    }

    @Override
    public List<Receiver> receivers(int limit) {
        return receiving
                .get()
                .map(traffic -> traffic.states(limit).stream()
                        .map(ShowingTraffic::receiver)
                        .toList())
                .orElse(List.of());
    }

    private static Receiver receiver(SparingReceivers.State state) {
        return new Receiver(
                state.receiver(),
                state.limit().atOnce(),
                state.limit().perSecond(),
                state.restraint().map(r -> new Restraint(r.since(), r.until(), r.perMinute(), r.reason())),
                state.onTheirWay(),
                state.sent());
    }

    @Override
    public boolean limitsReceivers() {
        return settings.receiving().isPresent();
    }

    @Override
    public void lift(String receiver) {
        receiving.get().ifPresent(traffic -> transactions.run(() -> traffic.lift(receiver)));
    }
}
