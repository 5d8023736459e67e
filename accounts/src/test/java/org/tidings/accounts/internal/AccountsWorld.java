package org.tidings.accounts.internal;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AccountRecords;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.ApiTokens;
import org.tidings.accounts.AuditLog;
import org.tidings.accounts.Client;
import org.tidings.accounts.Closing;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.ErasureRequests;
import org.tidings.accounts.Erasures;
import org.tidings.accounts.Exports;
import org.tidings.accounts.FirstAdministrator;
import org.tidings.accounts.FormMail;
import org.tidings.accounts.Passwords;
import org.tidings.accounts.PersonalData;
import org.tidings.accounts.Profiles;
import org.tidings.accounts.Registrations;
import org.tidings.accounts.Role;
import org.tidings.accounts.Sessions;
import org.tidings.accounts.SignIn;
import org.tidings.accounts.Staff;
import org.tidings.accounts.UsedLinks;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.MailBody;
import org.tidings.mail.Mailings;
import org.tidings.mail.Outbox;
import org.tidings.mail.RestoredDatabase;
import org.tidings.mail.SiteSecret;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.testing.FakeMailings;
import org.tidings.mail.testing.FakeOutbox;
import org.tidings.mail.testing.FakeRestoredDatabase;
import org.tidings.mail.testing.FakeSiteSecret;
import org.tidings.mail.testing.FakeSuppressedAddresses;
import org.tidings.mail.testing.MovableClock;
import org.tidings.mail.testing.TestDatabase;
import org.tidings.site.Now;
import org.tidings.site.Site;
import org.tidings.site.Transactional;
import org.tidings.site.Transactions;

/** The module's beans on a test database, with transactions where the beans ask for them. */
final class AccountsWorld implements AutoCloseable {

    static final String PASSWORD = "a calm evening by the lake";
    static final int ERASURES_PER_DAY = 3;
    static final Client CLIENT = new Client("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");

    private static final Map<Class<?>, Class<?>> IMPLEMENTATIONS = Map.ofEntries(
            Map.entry(Registrations.class, ConfirmingRegistrations.class),
            Map.entry(Accounts.class, People.class),
            Map.entry(SignIn.class, SigningIn.class),
            Map.entry(Sessions.class, OpenSessions.class),
            Map.entry(Passwords.class, ChoosingPasswords.class),
            Map.entry(Profiles.class, CorrectingProfiles.class),
            Map.entry(AddressChanges.class, ChangingAddresses.class),
            Map.entry(Closing.class, ClosingAccounts.class),
            Map.entry(Erasures.class, ErasureLedger.class),
            Map.entry(ErasureRequests.class, AskingForErasures.class),
            Map.entry(Exports.class, ExportingData.class),
            Map.entry(UsedLinks.class, KeepingUsedLinks.class),
            Map.entry(FormMail.class, LimitingFormMail.class),
            Map.entry(Staff.class, StaffRoster.class),
            Map.entry(FirstAdministrator.class, OpeningTheSite.class),
            Map.entry(ApiTokens.class, KeepingTokens.class),
            Map.entry(AuditLog.class, KeepingAudit.class),
            Map.entry(AccountRecords.class, ReadingRecords.class));

    final TestDatabase database;
    final MovableClock clock = MovableClock.standing();
    final FakeOutbox outbox = new FakeOutbox();
    final FakeMailings mailings = new FakeMailings(clock);
    final FakeSuppressedAddresses suppressed = new FakeSuppressedAddresses();
    final FakeRestoredDatabase restored = new FakeRestoredDatabase();
    final List<Object> events = new ArrayList<>();
    final Path dataFolder;
    private final Map<Class<?>, Object> beans = new HashMap<>();

    AccountsWorld(TestDatabase database, Path dataFolder) {
        this.database = database;
        this.dataFolder = dataFolder;
        beans.put(Transactions.class, database.transactions());
    }

    /** The module's interface as other modules see it. */
    <T> T the(Class<T> api) {
        Object bean = bean(api);
        return api.cast(Proxy.newProxyInstance(
                AccountsWorld.class.getClassLoader(), new Class<?>[] {api}, (proxy, method, arguments) -> {
                    boolean transactional = bean.getClass().isAnnotationPresent(Transactional.class)
                            || bean.getClass()
                                    .getMethod(method.getName(), method.getParameterTypes())
                                    .isAnnotationPresent(Transactional.class);
                    try {
                        return transactional
                                ? database.call(() -> invoke(method, bean, arguments))
                                : invoke(method, bean, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @SuppressWarnings("NullAway") // reflection returns what the method returns
    private static Object invoke(java.lang.reflect.Method method, Object bean, Object[] arguments) throws Exception {
        method.setAccessible(true);
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A bean without transactions around it. */
    <T> T bean(Class<T> type) {
        Class<?> implementation = IMPLEMENTATIONS.getOrDefault(type, type);
        Object known = beans.get(implementation);
        if (known == null) {
            known = make(implementation);
        }
        return type.cast(known);
    }

    private Object make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            beans.put(type, bean);
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    field.setAccessible(true);
                    field.set(bean, value(field));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no such bean", e);
        }
    }

    private Object value(Field field) {
        Class<?> type = field.getType();
        if (type == EntityManager.class) {
            return database.entityManager("accounts");
        }
        if (type == DataSource.class) {
            return database.dataSource();
        }
        if (type == Clock.class) {
            return clock;
        }
        if (type == Now.class) {
            return new Now(clock);
        }
        if (type == Site.class) {
            return new Site("https://tidings.example/", "Tidings");
        }
        if (type == Outbox.class) {
            return outbox;
        }
        if (type == Mailings.class) {
            return mailings;
        }
        if (type == SuppressedAddresses.class) {
            return suppressed;
        }
        if (type == RestoredDatabase.class) {
            return restored;
        }
        if (type == SiteSecret.class) {
            return new FakeSiteSecret();
        }
        if (type == Event.class) {
            return new Recorder<>(events);
        }
        if (type == Instance.class) {
            return sections();
        }
        if (field.getName().equals("reactivationDays")) {
            return "30";
        }
        if (field.getName().equals("erasureDelay")) {
            return "PT24H";
        }
        if (field.getName().equals("erasuresPerDay")) {
            return String.valueOf(ERASURES_PER_DAY);
        }
        if (field.getName().equals("dataFolder")) {
            return dataFolder.toString();
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        return bean(type);
    }

    private Object sections() {
        PersonalData own = bean(OwnPersonalData.class);
        return Proxy.newProxyInstance(
                AccountsWorld.class.getClassLoader(), new Class<?>[] {Instance.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forEach")) {
                        @SuppressWarnings("unchecked")
                        java.util.function.Consumer<PersonalData> consumer =
                                (java.util.function.Consumer<PersonalData>) arguments[0];
                        consumer.accept(own);
                        return null;
                    }
                    Iterator<PersonalData> iterator = List.of(own).iterator();
                    return iterator;
                });
    }

    /** What the background does every 300 ms. */
    void answerRequests() {
        AnsweringRequests answering = bean(AnsweringRequests.class);
        database.call(answering::waiting).forEach(id -> database.inTransaction(() -> answering.answer(id)));
    }

    /** What the background does every ten minutes. */
    void tidy() {
        ErasingAccounts erasing = bean(ErasingAccounts.class);
        database.call(erasing::due).forEach(id -> database.inTransaction(() -> erasing.eraseIfDue(id)));
        AskingForErasures asked = bean(AskingForErasures.class);
        database.inTransaction(asked::doubtWhatABackupBroughtBack);
        database.call(asked::due).forEach(id -> database.inTransaction(() -> asked.eraseIfDue(id)));
        database.call(() -> bean(Retention.class).deleteWhatHasServed());
    }

    /** What a start, and after it the background every five seconds, does. */
    void startAgain() {
        beans.remove(ErasureLedger.class);
        beans.remove(ClosingLedger.class);
        bean(ErasureLedger.class).repeatAndCopy();
        bean(ClosingLedger.class).repeatAndCopy();
    }

    /** Asks for an account and gives the token of the mail that came. */
    String requested(String address) {
        the(Registrations.class).request(EmailAddress.parse(address), Locale.ENGLISH, Set.of("weekly"), CLIENT);
        answerRequests();
        return newestToken();
    }

    AccountId anAccount(String address) {
        return anAccount(address, "Ada");
    }

    AccountId anAccount(String address, String name) {
        String token = requested(address);
        Registrations registrations = the(Registrations.class);
        registrations.prove(token);
        return registrations.open(
                token, name, PASSWORD, new ContactWishes(true, false, ""), Locale.ENGLISH, Optional.empty());
    }

    /** The first administrator, with further roles. */
    AccountId anAdministrator(String address, Role... also) {
        FirstAdministrator first = the(FirstAdministrator.class);
        return first.open(
                first.newToken().orElseThrow(),
                EmailAddress.parse(address),
                "Root",
                PASSWORD,
                Set.of(also),
                Locale.ENGLISH);
    }

    SignIn.SignedIn signedIn(String address) {
        return the(SignIn.class).signIn(EmailAddress.parse(address), PASSWORD, CLIENT);
    }

    /** The last part of the button's link in the newest mail. */
    String newestToken() {
        String link = outbox.newestLink();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    List<String> purposesTo(String canonical) {
        return outbox.lettersTo(canonical).stream().map(l -> l.purpose()).toList();
    }

    /** Links of all mails with the purpose, oldest first. */
    List<String> tokensFor(String purpose) {
        return outbox.lettersFor(purpose).stream()
                .flatMap(l -> l.body().blocks().stream())
                .filter(MailBody.Button.class::isInstance)
                .map(b -> ((MailBody.Button) b).url())
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
    }

    <E> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        database.close();
    }

    /** Keeps what is fired. */
    private record Recorder<T>(List<Object> fired) implements Event<T> {
        @Override
        public void fire(T event) {
            synchronized (fired) {
                fired.add(event);
            }
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<T> select(Annotation... qualifiers) {
            return this;
        }

        @Override
        public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
