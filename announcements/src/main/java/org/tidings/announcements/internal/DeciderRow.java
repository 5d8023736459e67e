package org.tidings.announcements.internal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Role;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.Deciders.Decider;

/** One person's hand in one announcement, under the name of the last time. */
@Entity
@Table(name = "announcement_decider", schema = "announcements")
class DeciderRow {

    @Id
    private String id;

    private UUID announcement;
    private UUID account;
    private String name;
    private String roles;

    @SuppressWarnings("NullAway")
    protected DeciderRow() {}

    DeciderRow(AnnouncementId announcement, AccountView by) {
        this.id = announcement.value() + " " + by.id().value();
        this.announcement = announcement.value();
        this.account = by.id().value();
        this.name = by.name();
        this.roles = by.roles().stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }

    AnnouncementId announcement() {
        return new AnnouncementId(announcement);
    }

    AccountId account() {
        return new AccountId(account);
    }

    Decider decider() {
        Set<Role> held = new TreeSet<>();
        Arrays.stream(roles.split(" ", -1))
                .filter(role -> !role.isEmpty())
                .map(Role::valueOf)
                .forEach(held::add);
        return new Decider(name, held);
    }
}
