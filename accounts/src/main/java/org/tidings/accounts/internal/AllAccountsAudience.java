package org.tidings.accounts.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AllAccounts;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.mail.SkipReason;
import org.tidings.mail.TimeZones;
import org.tidings.site.Sql;

/** Every account that was open when the mailing was frozen, by id along the primary key. */
@ApplicationScoped
class AllAccountsAudience implements Audience {

    private static final String COLUMNS =
            "select id, state, address, canonical, name, language, zone from accounts.account";
    private static final UUID LOWEST = new UUID(0, 0);

    @Inject
    @AccountsDb
    DataSource dataSource;

    @Override
    public String name() {
        return AllAccounts.NAME;
    }

    @Override
    public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
        List<Addressee> addressees = new ArrayList<>(limit);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(COLUMNS + " where id > ? and opened_at <= ? order by id limit ?")) {
            select.setObject(1, after == null ? LOWEST : after);
            select.setObject(2, query.frozenAt());
            select.setInt(3, limit);
            select.setFetchSize(limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    addressees.add(addressee(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("accounts cannot be read", e);
        }
        return addressees;
    }

    @Override
    public List<UUID> idsAfter(AudienceQuery query, @Nullable UUID after, int limit) {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id from accounts.account where id > ? and opened_at <= ? order by id limit ?")) {
            select.setObject(1, after == null ? LOWEST : after);
            select.setObject(2, query.frozenAt());
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("accounts cannot be read", e);
        }
        return ids;
    }

    @Override
    public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> recipients) {
        Map<UUID, Addressee> found = new java.util.TreeMap<>();
        new Sql(dataSource).byIds(COLUMNS + " where id in (%s)", recipients, row -> {
            Addressee addressee = addressee(row);
            found.put(addressee.recipient(), addressee);
        });
        return List.copyOf(found.values());
    }

    @Override
    public Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement next = connection.prepareStatement(
                        "select zone from accounts.account where zone > ? order by zone limit 1")) {
            // Steps along the index: as dear as there are zones, however many people live in each.
            Optional<String> last = Optional.of("");
            while (last.isPresent()) {
                TimeZones.known(last.get()).ifPresent(zones::add);
                last = after(next, last.get());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("accounts cannot be read", e);
        }
        return zones;
    }

    private static Optional<String> after(PreparedStatement next, String zone) throws SQLException {
        next.setString(1, zone);
        try (ResultSet row = next.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    @Override
    public AudienceCount count(AudienceQuery query) {
        Map<AccountState, Long> counts = new EnumMap<>(AccountState.class);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select state, count(*) from accounts.account where opened_at <= ? group by state")) {
            select.setObject(1, query.frozenAt());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(AccountState.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("accounts cannot be counted", e);
        }
        long active = counts.getOrDefault(AccountState.ACTIVE, 0L);
        long deactivated = counts.getOrDefault(AccountState.DEACTIVATED, 0L);
        if (query.kind() == MailKind.DATA_BREACH_NOTICE) {
            return new AudienceCount(active + deactivated, Map.of());
        }
        return new AudienceCount(active, deactivated == 0 ? Map.of() : Map.of(SkipReason.DEACTIVATED, deactivated));
    }

    private static Addressee addressee(ResultSet row) throws SQLException {
        String name = row.getString(5);
        return new Addressee(
                row.getObject(1, UUID.class),
                PersonState.valueOf(row.getString(2)),
                new EmailAddress(row.getString(3), row.getString(4)),
                name,
                Locale.forLanguageTag(row.getString(6)),
                Map.of("name", name),
                TimeZones.known(row.getString(7)));
    }
}
