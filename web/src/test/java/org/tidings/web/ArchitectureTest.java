package org.tidings.web;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import jakarta.ws.rs.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.tidings.web.pages.Fragment;
import org.tidings.web.pages.Pages;

/** What the module graph and the compiler cannot hold. A rule that matches nothing fails (ArchUnit's default). */
@AnalyzeClasses(
        packages = "org.tidings",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** The harness that the mail module lends to tests comes as a jar here. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule siteKnowsNobody = noClasses()
            .that()
            .resideInAPackage("org.tidings.site..")
            .should()
            .dependOnClassesThat(ours("site"))
            .because("everything stands on the ground floor");

    /** What is true of the site, whatever module asks. Whoever adds a type says why here, where it is reviewed. */
    private static final Set<String> GROUND_FLOOR = Set.of(
            // the database, and one way to change it
            "DatabaseAddress",
            "DatabaseFailures",
            "DatabaseMigrated",
            "DatabaseReady",
            "JdbcTransactions",
            "JoiningDataSource",
            "ModuleSchema",
            "Sql",
            "TransactionFailed",
            "TransactionProofs",
            "Transactional",
            "Transactions",
            // how it ends, and what outlives the database
            "EndsInOrder",
            "Gate",
            // what runs by itself: one list
            "Jobs",
            "LedgerFile",
            "OutsideLedger",
            "SiteHasEnded",
            // what is configured, and what the site is
            "ConfigurationKey",
            "Expected",
            "Languages",
            "Site",
            "Theme",
            "WrittenLanguages",
            // one clock, one sort of ids, one sort of secrets, one sort of files and texts
            "Ids",
            "Network",
            "Now",
            "OddCharacter",
            "Secrets",
            "Spreadsheet");

    @ArchTest
    static final ArchRule groundFloorIsAClosedList = classes()
            .that()
            .resideInAPackage("org.tidings.site")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should(ArchCondition.from(DescribedPredicate.<JavaClass>describe(
                    "stand in the list of this test", type -> GROUND_FLOOR.contains(type.getSimpleName()))))
            .because(
                    "what two modules happen to need is not therefore true of the site: it must not become a place for everything");

    @ArchTest
    static final ArchRule keyedHashesAreTheSites = noClasses()
            .that()
            .resideOutsideOfPackages("org.tidings.site..", "org.tidings.mail..", "org.tidings.launcher..")
            .should()
            .callMethod(Mac.class, "getInstance", String.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .because("nine set-ups of one algorithm are nine places to get it wrong: Secrets makes them");

    @ArchTest
    static final ArchRule mailKnowsTheSiteAlone = noClasses()
            .that()
            .resideInAPackage("org.tidings.mail..")
            .should()
            .dependOnClassesThat(ours("site", "mail"))
            .because(
                    "mail is under all but the ground floor: the modules above answer its questions through interfaces it defines");

    @ArchTest
    static final ArchRule accountsKnowMail = noClasses()
            .that()
            .resideInAPackage("org.tidings.accounts..")
            .should()
            .dependOnClassesThat(ours("site", "mail", "accounts"))
            .because("people come before what is sent to them");

    @ArchTest
    static final ArchRule newslettersKnowMailAndAccounts = noClasses()
            .that()
            .resideInAPackage("org.tidings.newsletter..")
            .should()
            .dependOnClassesThat(ours("site", "mail", "accounts", "newsletter"))
            .because("marketing and service mail must not be able to mix");

    @ArchTest
    static final ArchRule announcementsKnowMailAndAccounts = noClasses()
            .that()
            .resideInAPackage("org.tidings.announcements..")
            .should()
            .dependOnClassesThat(ours("site", "mail", "accounts", "announcements"))
            .because("marketing and service mail must not be able to mix");

    @ArchTest
    static final ArchRule siteKeepsItsInsides = keepsItsInsides("site");

    @ArchTest
    static final ArchRule mailKeepsItsInsides = keepsItsInsides("mail");

    @ArchTest
    static final ArchRule accountsKeepTheirInsides = keepsItsInsides("accounts");

    @ArchTest
    static final ArchRule newslettersKeepTheirInsides = keepsItsInsides("newsletter");

    @ArchTest
    static final ArchRule announcementsKeepTheirInsides = keepsItsInsides("announcements");

    @ArchTest
    static final ArchRule insidesArePackagePrivate = classes()
            .that()
            .resideInAPackage("org.tidings.*.internal")
            .and()
            .areTopLevelClasses()
            .should()
            .notBePublic()
            .because("what is not public cannot be leaned on; only feature packages below internal open a door to it");

    @ArchTest
    static final ArchRule modulesHaveNoCycles = slices().matching("org.tidings.(*)..")
            .should()
            .beFreeOfCycles()
            .because("modules are built, tested and understood one after the other");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("org.tidings.(**)")
            .should()
            .beFreeOfCycles()
            .because("of two packages that need each other neither can be understood alone");

    /** As in {@code mail}'s README: from what all stand on to what puts it together. */
    private static final List<String> ROOMS_OF_MAIL = List.of(
            "machine",
            "secrets",
            "settings",
            "dns",
            "replies",
            "generations",
            "standing",
            "signing.dkim",
            "signing",
            "layout",
            "composing",
            "outcomes",
            "smtp",
            "traffic.shaping",
            "traffic",
            "ledger",
            "sending",
            "returned.reading",
            "returned.webhooks",
            "returned",
            "wiring");

    @ArchTest
    static final ArchRule roomsOfMailUseOnlyThoseBefore = inTheirOrder("org.tidings.mail.internal.", ROOMS_OF_MAIL)
            .because(
                    "a letter goes through them in this order, and whoever reads one need not know what comes after it");

    @ArchTest
    static final ArchRule allOfMailIsInARoom = classes()
            .that()
            .resideInAPackage("org.tidings.mail.internal..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .resideInAnyPackage(ROOMS_OF_MAIL.stream()
                    .map(room -> "org.tidings.mail.internal." + room)
                    .toArray(String[]::new))
            .because("what stands in no room of the list is in no order");

    /** As the {@code package-info} of the module's insides says; the use cases stand on top of them. */
    private static final List<String> ROOMS_OF_ANNOUNCEMENTS =
            List.of("words", "guard", "settings", "policies", "composing", "feeds");

    @ArchTest
    static final ArchRule roomsOfAnnouncementsUseOnlyThoseBefore = inTheirOrder(
                    "org.tidings.announcements.internal.", ROOMS_OF_ANNOUNCEMENTS)
            .because("whoever reads one of them need not know what is made of it");

    @ArchTest
    static final ArchRule roomsOfAnnouncementsKnowNoUseCase = noClasses()
            .that()
            .resideInAnyPackage(ROOMS_OF_ANNOUNCEMENTS.stream()
                    .map(room -> "org.tidings.announcements.internal." + room)
                    .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tidings.announcements.internal")
            .because("the entity and its use cases are above all rooms");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Service|ServiceBean|Dto|DTO|Constants)")
            .because("a name says what a thing does, not which box of a diagram it is in");

    @ArchTest
    static final ArchRule resourcesSayWhatTheyAre = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .haveNameMatching(".*(Resource|Api)")
            .andShould()
            .bePublic()
            .andShould()
            .resideInAPackage("org.tidings.web..")
            .because("HTTP is spoken in one module, and JAX-RS makes only public classes");

    @ArchTest
    static final ArchRule modulesDoNotSpeakHttp = noClasses()
            .that()
            .resideOutsideOfPackages("org.tidings.web..", "org.tidings.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..")
            .because("a rule is the same whoever asks: a page, a program, a mail");

    @ArchTest
    static final ArchRule announcementsPagesAreTyped = noClasses()
            .that()
            .resideInAPackage("org.tidings.web.announcements..")
            .should()
            .callMethod(Pages.class, "ok", String.class, Map.class)
            .orShould()
            .callMethod(Pages.class, "invalid", String.class, Map.class)
            .orShould()
            .callMethod(Pages.class, "respond", int.class, String.class, Map.class)
            .orShould()
            .callConstructor(Fragment.class, int.class, String.class, Map.class)
            .because("what a page lacks is found by the compiler, not by a reader (ADR 47)");

    @ArchTest
    static final ArchRule looksAreMadeAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.tidings.web..", "org.tidings.mail.internal.layout..", "org.tidings.mail.templates..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("gg.jte..")
            .because("a rule does not know what it looks like on a page or in a mail");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .because("the clock is injected, so that tests can move it");

    @ArchTest
    static final ArchRule eventsAreSynchronous = noClasses()
            .should()
            .callMethod(Event.class, "fireAsync", Object.class)
            .because("an asynchronous observer is lost at a crash, and runs although the transaction was rolled back");

    @ArchTest
    static final ArchRule transactionsAreOurs = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.transaction..")
            .because(
                    "the container's transactions reach no connection off a request: mails were lost and sent twice (ADR 2)");

    @ArchTest
    static final ArchRule oneConnectionATransaction = noClasses()
            .that()
            .resideOutsideOfPackages("org.tidings.site..", "org.tidings.launcher..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    PersistenceContext.class,
                    PersistenceUnit.class,
                    Persistence.class,
                    EntityTransaction.class,
                    DriverManager.class,
                    InitialContext.class)
            .orShould()
            .callMethod(Connection.class, "commit")
            .orShould()
            .callMethod(Connection.class, "setAutoCommit", boolean.class)
            .because("whatever is written in a transaction goes over its one connection, which the ground floor gives");

    @ArchTest
    static final ArchRule dataSourcesAreInjected = noFields()
            .that()
            .haveRawType(DataSource.class)
            .should()
            .beAnnotatedWith(Resource.class)
            .because("a data source of the container's knows nothing of the running transaction");

    @ArchTest
    static final ArchRule entitiesHaveNoSetters = methods()
            .that()
            .areDeclaredInClassesThat(annotatedWithEntity())
            .should()
            .haveNameNotMatching("set[A-Z].*")
            .because("an entity changes by what happens to it, which has a name");

    @ArchTest
    static final ArchRule entitiesStayInside = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .notBePublic()
            .andShould()
            .resideInAPackage("..internal..")
            .because("pages and other modules see views, never entities");

    @ArchTest
    static final ArchRule nothingPrintsToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("org.tidings.launcher..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("what is said to the operator goes through the log, where it can be found again");

    private static LayeredArchitecture inTheirOrder(String base, List<String> rooms) {
        LayeredArchitecture order = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(base + ".");
        for (String room : rooms) {
            order = order.layer(room).definedBy(base + room);
        }
        order = order.whereLayer(rooms.get(0)).mayNotAccessAnyLayer();
        for (int i = 1; i < rooms.size(); i++) {
            order = order.whereLayer(rooms.get(i))
                    .mayOnlyAccessLayers(rooms.subList(0, i).toArray(String[]::new));
        }
        return order;
    }

    private static ArchRule keepsItsInsides(String module) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.tidings." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tidings." + module + ".internal..")
                .because("the root package is the module's API; what is inside may change any day");
    }

    /** Classes of ours in other modules than these. */
    private static DescribedPredicate<JavaClass> ours(String... allowed) {
        DescribedPredicate<JavaClass> others = resideInAPackage("org.tidings..");
        for (String module : allowed) {
            others = others.and(resideOutsideOfPackage("org.tidings." + module + ".."));
        }
        return others.as("of other modules than " + String.join(", ", allowed));
    }

    private static DescribedPredicate<JavaClass> annotatedWithEntity() {
        return DescribedPredicate.describe(
                "entities",
                javaClass ->
                        CanBeAnnotated.Predicates.annotatedWith(Entity.class).test(javaClass));
    }
}
