package org.tidings.announcements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountState;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AllAccounts;
import org.tidings.accounts.AuditAction;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.Role;
import org.tidings.accounts.Staff;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.internal.feeds.BannerBoard;
import org.tidings.announcements.internal.feeds.FeedWriter;
import org.tidings.announcements.internal.policies.PolicyShelf;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.mail.Addressee;
import org.tidings.mail.Audience;
import org.tidings.mail.AudienceCount;
import org.tidings.mail.AudienceQuery;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.SkipReason;
import org.tidings.mail.testing.FakeMailings;
import org.tidings.mail.testing.FakeOutbox;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Site;
import org.tidings.site.WrittenLanguages;

/** The module on a test database, with fakes of what it uses of other modules. */
final class World implements AutoCloseable {
    static final WrittenLanguages LANGUAGES = new WrittenLanguages(List.of(Locale.ENGLISH, Locale.GERMAN));

    static final Settings SETTINGS =
            new Settings(new Site("https://example.org/", "Example"), Set.of("status.example.net"), 10, 4, 72, 30);

    final AccountId author = new AccountId(UUID.randomUUID());
    final AccountId second = new AccountId(UUID.randomUUID());
    final AccountId administrator = new AccountId(UUID.randomUUID());
    final AccountId editor = new AccountId(UUID.randomUUID());
    final MovableClock clock = MovableClock.standing();
    final FakeOutbox outbox = new FakeOutbox();
    final List<AuditLog.AuditEntry> audited = new ArrayList<>();
    final AllOfThem audience = new AllOfThem();
    final FakeMailings mailings = new FakeMailings(clock, audience);
    final TestDatabase database;
    final PolicyShelf policies;
    final ReadingAnnouncements reading;
    final WritingAnnouncements drafts;
    final ApprovingAnnouncements approvals;
    final PublishingAnnouncements publications;
    final SendingInEmergencies emergencies;
    final FollowingUp followUps;
    final SendingTests tests;
    final EndingThreads endings;
    final Reminders reminders;
    final PublishedAnnouncements published;
    final FeedWriter feeds;
    final BannerBoard banner;
    final Samples samples;

    World(TestDatabase database) {
        this.database = database;
        var em = database.entityManager("announcements");
        AuditLog audit = new RecordingAudit();
        policies = new PolicyShelf(em, audit, SETTINGS, clock);
        Accounts everybody = new OneAccount();
        AnnouncersPost post = new AnnouncersPost(new Crew(), everybody, outbox, SETTINGS, clock);
        var guarding = new GuardingAnnouncements(em, policies, SETTINGS, clock);
        var composing = new ComposingAnnouncements(em, policies, mailings, SETTINGS);
        var sending = new SendingAnnouncements(em, composing, mailings, clock);
        var limit = new MonthlyLimit(em, SETTINGS, clock);
        reading = new ReadingAnnouncements(em, guarding, composing, clock);
        var steps = new TakingSteps(em, reading, everybody, audit, clock);
        drafts = new WritingAnnouncements(steps, reading, SETTINGS);
        approvals = new ApprovingAnnouncements(steps, guarding, composing, post);
        publications = new PublishingAnnouncements(steps, guarding, composing, sending, limit, policies);
        emergencies = new SendingInEmergencies(steps, guarding, composing, sending, limit, post);
        followUps = new FollowingUp(steps, sending, mailings, policies);
        tests = new SendingTests(steps, composing, everybody, outbox);
        endings = new EndingThreads(steps, reading, drafts, mailings);
        reminders = new Reminders(em, endings, post, policies, clock);
        published = new PublishedAnnouncements(em, policies, clock);
        feeds = new FeedWriter(published, SETTINGS, clock);
        banner = new BannerBoard(published, SETTINGS, clock);
        samples = new Samples(em, SETTINGS, LANGUAGES, clock);
    }

    <T> T in(Callable<T> work) {
        return database.call(work);
    }

    /** That a step was refused for this. */
    static Consumer<Throwable> refused(AnnouncementRefused.Reason reason) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        AnnouncementRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    List<String> actions() {
        return audited.stream().map(AuditLog.AuditEntry::action).toList();
    }

    @Override
    public void close() {
        database.close();
    }

    /** Two announcers, an administrator, and an editor, who has nothing to do with announcements. */
    private final class Crew implements Staff {
        @Override
        public List<Member> members() {
            return List.of(
                    member(author, "author", Role.ANNOUNCER),
                    member(second, "second", Role.ANNOUNCER),
                    member(administrator, "administrator", Role.ADMINISTRATOR),
                    member(editor, "editor", Role.EDITOR));
        }

        private Member member(AccountId account, String name, Role role) {
            return new Member(account, name, EmailAddress.parse(name + "@example.org"), Set.of(role), clock.now());
        }

        @Override
        public List<Invitation> invitations() {
            return List.of();
        }

        @Override
        public void invite(AccountId by, EmailAddress address, Set<Role> roles, Locale language) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void withdraw(AccountId by, UUID invitation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void changeRoles(AccountId by, AccountId member, Set<Role> roles) {
            throw new UnsupportedOperationException();
        }
    }

    /** Whoever is asked about has this address. */
    private static final class OneAccount implements Accounts {
        @Override
        public Optional<AccountView> find(AccountId account) {
            return Optional.of(new AccountView(
                    account,
                    AccountState.ACTIVE,
                    EmailAddress.parse("announcer@example.org"),
                    "Ann Announcer",
                    Locale.ENGLISH,
                    new ContactWishes(true, false, ""),
                    Optional.empty(),
                    Set.of(Role.ANNOUNCER),
                    OffsetDateTime.parse("2026-01-01T00:00:00Z"),
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public Optional<AccountView> findByAddress(EmailAddress address) {
            return Optional.empty();
        }

        @Override
        public long countActive() {
            return 1;
        }
    }

    private final class RecordingAudit implements AuditLog {
        @Override
        public void record(AccountId actor, AuditAction action, String objectType, UUID object, String detail) {
            audited.add(new AuditEntry(clock.now(), actor, action.code(), objectType, object, detail));
        }

        @Override
        public List<AuditEntry> newest(Optional<String> objectType, Optional<UUID> object, int limit) {
            return List.copyOf(audited);
        }
    }

    /** An audience of a number. */
    static final class AllOfThem implements Audience {
        long recipients = 3;

        @Override
        public String name() {
            return AllAccounts.NAME;
        }

        @Override
        public List<Addressee> after(AudienceQuery query, @Nullable UUID after, int limit) {
            return List.of();
        }

        @Override
        public List<Addressee> lookUp(AudienceQuery query, Collection<UUID> ids) {
            return List.of();
        }

        @Override
        public AudienceCount count(AudienceQuery query) {
            return new AudienceCount(recipients, Map.of(SkipReason.DEACTIVATED, 1L));
        }
    }
}
