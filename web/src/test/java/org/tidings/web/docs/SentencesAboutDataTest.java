package org.tidings.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tidings.mail.MailKind;
import org.tidings.mail.PersonState;
import org.tidings.site.Languages;
import org.tidings.web.access.Cookies;

/**
 * Every shipped sentence about personal data beside what makes it so (MBR-02, ANN-10). Whoever changes a sentence changes its row, and looks at
 * the fact; whoever changes the fact finds the sentence here. What needs more than a look at the code is proved by the tests that are
 * named, which must exist.
 */
class SentencesAboutDataTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String POLICY = "announcements/src/main/resources/org/tidings/announcements/policy/privacy_";
    private static final String ACCOUNTS = "web/src/main/resources/org/tidings/web/messages/accounts_";
    private static final String HOME = "web/src/main/resources/org/tidings/web/messages/home_";
    private static final String MAILS = "accounts/src/main/resources/org/tidings/accounts/mails_";

    /** What a sentence claims, looked at in the code. */
    private interface Fact {
        void holds() throws Exception;
    }

    /** One of the policy. */
    private record Sentence(String english, String german, String french, Fact fact) {

        String in(Locale language) {
            return spoken(language, english, german, french);
        }
    }

    /** One of a page or a mail. */
    private record Message(String bundle, String key, String english, String german, String french, Fact fact) {

        String in(Locale language) {
            return spoken(language, english, german, french);
        }
    }

    private static String spoken(Locale language, String english, String german, String french) {
        return switch (language.getLanguage()) {
            case "en" -> english;
            case "de" -> german;
            case "fr" -> french;
            default -> throw new AssertionError("the table has no column for " + language);
        };
    }

    /** The shipped privacy policy, in its order. */
    private static final List<Sentence> SENTENCES = List.of(
            new Sentence(
                    "This is how SITE_NAME handles what it knows about you.",
                    "So geht SITE_NAME mit dem um, was es über Sie weiß.",
                    "Voici comment SITE_NAME traite ce qu’il sait de vous.",
                    aLeadIn()),
            new Sentence(
                    "It is short because we do little with it.",
                    "Es ist kurz, weil wir wenig damit tun.",
                    "C’est court, parce que nous en faisons peu de chose.",
                    aLeadIn()),
            new Sentence(
                    "**Your e-mail address**, to open an account or to send you a newsletter.",
                    "**Ihre E-Mail-Adresse**, um ein Konto zu eröffnen oder Ihnen einen Newsletter zu senden.",
                    "**Votre adresse e-mail**, pour ouvrir un compte ou vous envoyer une newsletter.",
                    fieldsOfForms("address")),
            new Sentence(
                    "Until you have confirmed it, it gets nothing but the request to do so.",
                    "Bevor Sie sie bestätigt haben, geht dorthin nichts als die Bitte darum.",
                    "Tant que vous ne l’avez pas confirmée, elle ne reçoit rien d’autre que la demande de le faire.",
                    proved(
                            "SubscriptionsContract#subscribesVisitorOnlyAfterTheMailedLinkIsConfirmed",
                            "WhoMayBeWrittenToTest#decidesEveryCell")),
            new Sentence(
                    "**Your name**, so that we know how to address you.",
                    "**Ihr Name**, damit wir wissen, wie wir Sie ansprechen.",
                    "**Votre nom**, pour savoir comment nous adresser à vous.",
                    fieldsOfForms("name")),
            new Sentence(
                    "**A password**, to sign in.",
                    "**Ein Passwort**, damit Sie sich anmelden können.",
                    "**Un mot de passe**, pour vous connecter.",
                    fieldsOfForms("password")),
            new Sentence(
                    "We keep only a value from which it cannot be read back.",
                    "Wir bewahren nur einen Wert auf, aus dem es sich nicht zurückgewinnen lässt.",
                    "Nous n’en gardons qu’une valeur à partir de laquelle on ne peut pas le retrouver.",
                    proved("PasswordRulesTest#hashesAsArgon2idInPhcForm")),
            new Sentence(
                    "**A phone number**, only if you want customer service to call you.",
                    "**Eine Telefonnummer**, nur wenn Sie möchten, dass der Kundendienst Sie anruft.",
                    "**Un numéro de téléphone**, seulement si vous voulez que le service client vous appelle.",
                    proved("SmallThingsTest#keepsPhoneOnlyWhileCallsAreWished")),
            new Sentence(
                    "**Your time zone**, only if you tell us, so that mails scheduled by the time of day reach you in your daytime, and announcements on our pages tell their times by your clock.",
                    "**Ihre Zeitzone**, nur wenn Sie sie uns sagen, damit Mails, die sich an eine Tageszeit halten, Sie am Tag erreichen und Mitteilungen auf unseren Seiten ihre Zeiten nach Ihrer Uhr nennen.",
                    "**Votre fuseau horaire**, seulement si vous nous le dites, pour que les e-mails programmés à une certaine heure vous parviennent dans votre journée et que les annonces de nos pages donnent les heures à votre horloge.",
                    proved(
                            "CorrectingContract#keepsTheTimeZoneOnlyAsLongAsSheSaysIt_P1",
                            "AnnouncementPagesTest#tellsTheReadersOwnTimeFirstAndBothOffsets_REP17_MBR23")),
            new Sentence(
                    "**What else a form asks for**, such as your town, only where it says what for; you may leave it empty, and change it or take it back at any time.",
                    "**Was ein Formular sonst fragt**, etwa Ihre Stadt, nur wo es sagt, wozu; Sie können es leer lassen und jederzeit ändern oder zurücknehmen.",
                    "**Ce qu’un formulaire demande d’autre**, comme votre ville, seulement là où il dit à quoi cela sert\u00a0; vous pouvez le laisser vide, le modifier ou le retirer à tout moment.",
                    proved(
                            "AttributesContract#refusesADefinitionWithoutAPurpose_P1",
                            "AttributesContract#letsEachChangeOnlyWhatIsTheirs",
                            "ReaderPagesTest#showsWhatIsAskedForWithWhatItIsFor_P1")),
            new Sentence(
                    "What we note ourselves, or have from elsewhere, the copy of your data shows with where it came from.",
                    "Was wir selbst notieren oder von anderswo haben, zeigt die Kopie Ihrer Daten mit seiner Herkunft.",
                    "Ce que nous notons nous-mêmes ou tenons d’ailleurs, la copie de vos données le montre avec son origine.",
                    proved("AttributesContract#copyAndExportHaveWhatIsKnown")),
            new Sentence(
                    "We ask for nothing else, and each form says what a field is for.",
                    "Nach mehr fragen wir nicht, und jedes Formular sagt, wozu ein Feld da ist.",
                    "Nous ne demandons rien d’autre, et chaque formulaire dit à quoi sert un champ.",
                    nothingElseIsAskedFor()),
            new Sentence(
                    "You get a newsletter only after you asked for it and confirmed your address, or agreed elsewhere, of which we keep where and when, and only as long as you like.",
                    "Einen Newsletter erhalten Sie nur, wenn Sie darum gebeten und Ihre Adresse bestätigt oder anderswo zugestimmt haben, wobei wir festhalten, wo und wann, und nur so lange Sie möchten.",
                    "Vous ne recevez une newsletter qu’après l’avoir demandée et avoir confirmé votre adresse, ou y avoir consenti ailleurs, ce dont nous gardons le lieu et la date, et seulement aussi longtemps que vous le voulez.",
                    proved(
                            "SubscriptionsContract#subscribesVisitorOnlyAfterTheMailedLinkIsConfirmed",
                            "ReaderRecordsContract#addsAReaderWithTheProofOnRecord",
                            "SubscriptionsContract#unsubscribesWithOneClickAnyNumberOfTimes")),
            new Sentence(
                    "Every issue has a link that ends it with one click, without signing in.",
                    "Jede Ausgabe enthält einen Link, der ihn mit einem Klick beendet, ohne Anmeldung.",
                    "Chaque numéro contient un lien qui y met fin en un clic, sans connexion.",
                    proved("SubscriptionsContract#unsubscribesWithOneClickAnyNumberOfTimes")),
            new Sentence(
                    "There are no tracking pixels in our mails, and we do not record which links you follow.",
                    "In unseren E-Mails sind keine Zählpixel, und wir zeichnen nicht auf, welchen Links Sie folgen.",
                    "Il n’y a pas de pixels espions dans nos e-mails, et nous n’enregistrons pas les liens que vous suivez.",
                    mailsHaveNoPixelsAndLinksLeadStraight()),
            new Sentence(
                    "If you hold an account, we write to you when the service itself requires it: maintenance, incidents, security, changes of terms or of this policy.",
                    "Wenn Sie ein Konto haben, schreiben wir Ihnen, sobald der Dienst selbst es erfordert: Wartung, Störungen, Sicherheit, Änderungen der Bedingungen oder dieser Erklärung.",
                    "Si vous avez un compte, nous vous écrivons quand le service lui-même l’exige\u00a0: maintenance, incidents, sécurité, modifications des conditions ou de la présente politique.",
                    announcementsAreAbout("MAINTENANCE", "INCIDENT", "SECURITY", "TERMS", "POLICY")),
            new Sentence(
                    "Such mails are rare, never promotional, and a second person checks them before they go out, in an emergency afterwards.",
                    "Solche E-Mails sind selten, nie werblich, und eine zweite Person prüft sie, bevor sie hinausgehen, in einem Notfall danach.",
                    "Ces e-mails sont rares, jamais publicitaires, et une deuxième personne les vérifie avant leur envoi, ou après en cas d’urgence.",
                    proved(
                            "AnnouncementsContract#asksForAReasonBeyondTheMonthlyLimit",
                            "HonestyLintTest#looksAtEveryLanguageAndSlot",
                            "AnnouncementsContract#sendsExactlyWhatASecondPersonApproved",
                            "AnnouncementsContract#sendsAtOnceInAnEmergencyAndAsksForAReview")),
            new Sentence(
                    "They cannot be switched off, but you can deactivate your account, and then they end.",
                    "Sie lassen sich nicht abschalten; aber Sie können Ihr Konto deaktivieren, und dann enden sie.",
                    "Ils ne peuvent pas être refusés, mais vous pouvez désactiver votre compte, et ils cessent alors.",
                    proved(
                            "MessageTemplateTest#announcementCarriesNoListHeaders",
                            "WhoMayBeWrittenToTest#decidesEveryCell")),
            new Sentence(
                    "Only a breach of data that concerns you we would tell you even then, as long as we hold your data.",
                    "Nur von einer Verletzung des Datenschutzes, die Sie betrifft, würden wir Ihnen auch dann berichten, solange wir Ihre Daten haben.",
                    "Seule une violation de données qui vous concerne vous serait encore signalée, tant que nous détenons vos données.",
                    aBreachReachesDeactivatedAccounts()),
            new Sentence(
                    "Customer service writes or calls as you wish.",
                    "Der Kundendienst schreibt Ihnen oder ruft Sie an, wie Sie es wünschen.",
                    "Le service client vous écrit ou vous appelle, comme vous le souhaitez.",
                    proved("CorrectingContract#correctsProfile")),
            new Sentence(
                    "You choose this in your account.",
                    "Das wählen Sie in Ihrem Konto.",
                    "Vous le choisissez dans votre compte.",
                    template("accounts/wishes", "accounts.wishes.hint")),
            new Sentence(
                    "In your account you can see, correct and download what is stored about you, and deactivate or erase it.",
                    "In Ihrem Konto können Sie sehen, berichtigen und herunterladen, was über Sie gespeichert ist, und es deaktivieren oder löschen.",
                    "Dans votre compte, vous pouvez voir, corriger et télécharger ce qui est enregistré sur vous, et le désactiver ou l’effacer.",
                    proved(
                            "CorrectingContract#correctsProfile",
                            "AccountsIT#downloadsWhatIsStored",
                            "AccountsIT#leavesComesBackAndLeavesForGood")),
            new Sentence(
                    "A deactivated account gets no newsletters and no announcements; we would write to it only to answer you, or about a breach of data that concerns you.",
                    "Ein deaktiviertes Konto erhält keine Newsletter und keine Mitteilungen; wir würden ihm nur schreiben, um Ihnen zu antworten, oder wegen einer Verletzung des Datenschutzes, die Sie betrifft.",
                    "Un compte désactivé ne reçoit ni newsletters ni annonces\u00a0; nous ne lui écririons que pour vous répondre, ou en cas de violation de données qui vous concerne.",
                    deactivatedAccountsHearNothingElse()),
            new Sentence(
                    "You may come back for a while, and the newsletters that you were getting come back with you; then the account is erased.",
                    "Eine Zeit lang können Sie zurückkehren, und die Newsletter, die Sie erhielten, kommen wieder; dann wird das Konto gelöscht.",
                    "Vous pouvez revenir pendant un temps, et les newsletters que vous receviez reviennent avec vous\u00a0; ensuite, le compte est effacé.",
                    proved(
                            "SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01",
                            "LeavingContract#erasesWhenTheWindowIsOver")),
            new Sentence(
                    "What you erase yourself is gone at once.",
                    "Was Sie selbst löschen, ist sofort fort.",
                    "Ce que vous effacez vous-même disparaît aussitôt.",
                    proved("LeavingContract#erasureLeavesNoPersonalValue")),
            new Sentence(
                    "You may also write to PRIVACY_ADDRESS, and a person answers you.",
                    "Sie können auch an PRIVACY_ADDRESS schreiben, und ein Mensch antwortet Ihnen.",
                    "Vous pouvez aussi écrire à PRIVACY_ADDRESS, et une personne vous répond.",
                    proved("AccountsIT#namesTheContactForPrivacyQuestions_P12")),
            new Sentence(
                    "An erasure that we do for you takes effect after some hours; you get a mail at once, with a link that stops it.",
                    "Eine Löschung, die wir für Sie vornehmen, geschieht nach einigen Stunden; Sie erhalten sofort eine E-Mail mit einem Link, der sie aufhält.",
                    "Un effacement que nous faisons pour vous prend effet après quelques heures\u00a0; vous recevez aussitôt un e-mail, avec un lien qui l’arrête.",
                    erasuresByStaffWait()),
            new Sentence(
                    "Without an account you have a link sent to your address, by “Manage what you get” at the foot of every page: for an hour it shows what is stored about you, to correct, download or erase.",
                    "Ohne Konto lassen Sie sich mit „Abos verwalten“ am Fuß jeder Seite einen Link an Ihre Adresse senden: Eine Stunde lang zeigt er, was über Sie gespeichert ist, zum Berichtigen, Herunterladen oder Löschen.",
                    "Sans compte, vous vous faites envoyer un lien à votre adresse, par «\u00a0Gérer ce que vous recevez\u00a0» au pied de chaque page\u00a0: pendant une heure, il montre ce qui est enregistré sur vous, pour le corriger, le télécharger ou l’effacer.",
                    proved(
                            "SittingsContract#opensOnceInOneBrowserForAnHour",
                            "SittingsContract#copiesEverythingThatIsStoredAboutAVisitor",
                            "SittingsContract#erasesVisitorWithAReceiptButNotAnAccountHolder_MBR03",
                            "NewsletterIT#noDamagedLinkIsADeadEnd_REP12_MBR08")),
            new Sentence(
                    "After an erasure only keyed hashes and numbers remain, from which neither your name nor your address can be read.",
                    "Nach einer Löschung bleiben nur verschlüsselte Prüfwerte und Nummern, aus denen sich weder Ihr Name noch Ihre Adresse lesen lässt.",
                    "Après un effacement, il ne reste que des empreintes chiffrées et des nombres, où l’on ne peut lire ni votre nom ni votre adresse.",
                    proved(
                            "LeavingContract#erasureLeavesNoPersonalValue",
                            "SubscriptionsContract#erasesEverythingPersonalAndKeepsOnlyAHash")),
            new Sentence(
                    "By them we honour what you decided, and can show which address was told what.",
                    "Mit ihnen achten wir, was Sie entschieden haben, und können zeigen, welcher Adresse was mitgeteilt wurde.",
                    "Grâce à eux, nous respectons ce que vous avez décidé, et pouvons montrer quelle adresse a été informée de quoi.",
                    proved(
                            "SubscriptionsContract#erasesEverythingPersonalAndKeepsOnlyAHash",
                            "RestoredAccountsContract#repeatsErasuresAfterABackupWasRestored_SEC63",
                            "SendingContract#knowsWhichAddressWasWrittenTo_ANN07")),
            new Sentence(
                    "We keep no log of who looked at which page.",
                    "Wir führen kein Protokoll darüber, wer welche Seite angesehen hat.",
                    "Nous ne tenons aucun journal de qui a regardé quelle page.",
                    thereIsNoAccessLog()),
            new Sentence(
                    "We count requests by kind of page, and nothing in these figures names anybody.",
                    "Wir zählen Abrufe nach Art der Seite, und nichts in diesen Zahlen benennt jemanden.",
                    "Nous comptons les demandes par genre de page, et rien dans ces chiffres ne nomme personne.",
                    proved("StateIT#countsRequestsByRouteAndNeverByPath")),
            new Sentence(
                    "Figures that we hand on are totals and never about you.",
                    "Zahlen, die wir weitergeben, sind Summen und sagen nichts über Sie.",
                    "Les chiffres que nous transmettons sont des totaux et ne parlent jamais de vous.",
                    proved("StateIT#countsRequestsByRouteAndNeverByPath")),
            new Sentence(
                    "Where we limit tries, so that nobody guesses passwords or floods mailboxes, we count by your network.",
                    "Wo wir Versuche begrenzen, damit niemand Passwörter errät oder Postfächer überschwemmt, zählen wir nach Ihrem Netz.",
                    "Là où nous limitons les essais, pour que personne ne devine des mots de passe ni n’inonde des boîtes e-mail, nous comptons par réseau.",
                    proved("AskingForMailContract#letsOneNetworkCauseSixtyFormMailsAnHour")),
            new Sentence(
                    "Its address is kept as a keyed hash only, for two days at most.",
                    "Dessen Adresse bewahren wir nur als verschlüsselten Prüfwert auf, höchstens zwei Tage.",
                    "L’adresse du vôtre n’est gardée que sous forme d’empreinte chiffrée, pendant deux jours au plus.",
                    networksAreKeptAsKeyedHashesFor(Duration.ofDays(2))),
            new Sentence(
                    "While you are signed in, your account shows with which kind of browser and since when, so that you can end it: for 30 days at most.",
                    "Solange Sie angemeldet sind, zeigt Ihr Konto, mit welcher Art von Browser und seit wann, damit Sie es beenden können: höchstens 30 Tage.",
                    "Tant que votre session est ouverte, votre compte montre avec quel genre de navigateur et depuis quand, pour que vous puissiez y mettre fin\u00a0: pendant 30 jours au plus.",
                    sessionsAreKeptFor(Duration.ofDays(30))),
            new Sentence(
                    "Which mails were sent to you stays on record for two years; then only figures are left.",
                    "Welche E-Mails an Sie gingen, bleibt zwei Jahre lang festgehalten; danach bleiben nur Zahlen.",
                    "Les e-mails qui vous ont été envoyés restent consignés pendant deux ans\u00a0; ensuite, il n’en reste que des chiffres.",
                    deliveriesAreKeptFor(Duration.ofDays(730))),
            new Sentence(
                    "A mail that comes back from a server is kept for 90 days.",
                    "Eine E-Mail, die von einem Server zurückkommt, bewahren wir 90 Tage lang auf.",
                    "Un e-mail qui revient d’un serveur est gardé 90 jours.",
                    returnedMailIsKeptFor(Duration.ofDays(90))),
            new Sentence(
                    "Cookies do only what you ask for.",
                    "Cookies tun nur, worum Sie bitten.",
                    "Les cookies ne font que ce que vous demandez.",
                    everyCookieIsListed()),
            new Sentence(
                    "There are these and no others:",
                    "Es gibt diese und keine anderen:",
                    "Il y a ceux-ci et aucun autre\u00a0:",
                    everyCookieIsListed()),
            new Sentence(
                    "`__Host-session` keeps you signed in, until you sign out or close the browser.",
                    "`__Host-session` hält Sie angemeldet, bis Sie sich abmelden oder den Browser schließen.",
                    "`__Host-session` garde votre session ouverte, jusqu’à ce que vous vous déconnectiez ou fermiez le navigateur.",
                    cookieUntilTheBrowserCloses("SESSION")),
            new Sentence(
                    "`__Host-form` protects forms against misuse before you sign in, and lets this browser alone see what a link mailed to you opens, until you close the browser.",
                    "`__Host-form` schützt Formulare vor Missbrauch, bevor Sie sich anmelden, und lässt nur diesen Browser sehen, was ein Ihnen gesendeter Link öffnet, bis Sie den Browser schließen.",
                    "`__Host-form` protège les formulaires contre les abus avant votre connexion, et permet à ce seul navigateur de voir ce qu’ouvre un lien qui vous a été envoyé, jusqu’à ce que vous fermiez le navigateur.",
                    cookieUntilTheBrowserCloses("FORM")),
            new Sentence(
                    "`__Host-device` lets us know a browser in which you signed in before, so that strangers who try passwords do not keep you out, for a year after you last signed in there.",
                    "`__Host-device` lässt uns einen Browser erkennen, in dem Sie sich schon angemeldet haben, damit Fremde, die Passwörter ausprobieren, Sie nicht aussperren, ein Jahr lang nach Ihrer letzten Anmeldung dort.",
                    "`__Host-device` nous permet de reconnaître un navigateur qui vous a déjà servi à vous connecter, pour que des inconnus qui essaient des mots de passe ne vous empêchent pas d’entrer, pendant un an après votre dernière connexion avec lui.",
                    cookieFor("DEVICE", Duration.ofDays(365))),
            new Sentence(
                    "Of such a browser we keep its kind and when you last signed in there; your account shows it, and you can end it there.",
                    "Von einem solchen Browser bewahren wir auf, welcher Art er ist und wann Sie sich dort zuletzt angemeldet haben; Ihr Konto zeigt es, und Sie können es dort beenden.",
                    "D’un tel navigateur, nous gardons le genre et la date de votre dernière connexion\u00a0; votre compte le montre, et vous pouvez y mettre fin.",
                    proved("SigningInContract#forgetsBrowsersThatAreDisownedOrOlderThanAYearAndAllAtAReset")),
            new Sentence(
                    "`__Host-language` remembers the language that you chose at the foot of a page, for a year.",
                    "`__Host-language` merkt sich die Sprache, die Sie am Fuß einer Seite gewählt haben, ein Jahr lang.",
                    "`__Host-language` retient la langue que vous avez choisie au pied d’une page, pendant un an.",
                    cookieFor("LANGUAGE", Duration.ofDays(365))),
            new Sentence(
                    "`__Host-flash` brings a message such as “Saved”, or the address that a mail was just sent to, to the next page, until you have seen it or close the browser.",
                    "`__Host-flash` bringt eine Meldung wie „Gespeichert“ oder die Adresse, an die eben eine E-Mail ging, auf die nächste Seite, bis Sie sie gesehen haben oder den Browser schließen.",
                    "`__Host-flash` apporte un message comme «\u00a0Enregistré\u00a0», ou l’adresse à laquelle un e-mail vient d’être envoyé, sur la page suivante, jusqu’à ce que vous l’ayez vu ou fermiez le navigateur.",
                    cookieUntilTheBrowserCloses("FLASH")),
            new Sentence(
                    "`__Host-mailbox` opens the local mailbox for whoever runs this site on the same machine, until the browser is closed.",
                    "`__Host-mailbox` öffnet das lokale Postfach für die, die diese Website auf demselben Rechner betreiben, bis der Browser geschlossen wird.",
                    "`__Host-mailbox` ouvre la boîte locale à la personne qui exploite ce site sur la même machine, jusqu’à ce que le navigateur soit fermé.",
                    cookieUntilTheBrowserCloses("MAILBOX")),
            new Sentence(
                    "No script can read them, and they go to no other site.",
                    "Kein Skript kann sie lesen, und sie gehen an keine andere Website.",
                    "Aucun script ne peut les lire, et ils ne vont vers aucun autre site.",
                    proved("SecurityIT#everyCookieIsBoundToTheHostAndHiddenFromScripts_SEC31")),
            new Sentence(
                    "What you send us travels encrypted where the site is reached by https.",
                    "Was Sie uns senden, ist unterwegs verschlüsselt, wo die Website über https erreicht wird.",
                    "Ce que vous nous envoyez voyage chiffré là où le site est joint par https.",
                    proved("HttpsOnlyTest#leadsPagesToHttpsAndRefusesTheRest_SEC45")),
            new Sentence(
                    "Only staff who need it see what is stored about people.",
                    "Nur Beschäftigte, die es brauchen, sehen, was über Personen gespeichert ist.",
                    "Seules les personnes de l’équipe qui en ont besoin voient ce qui est enregistré sur les gens.",
                    proved(
                            "EveryResourceDecidesTest#pagesUnderStaffAskForARole",
                            "SecurityIT#noStaffPageOpensForMembersOrStrangers_SEC50")),
            new Sentence(
                    "Whoever opens your account’s record has to give a reason, and you see in your account when it happened and why.",
                    "Wer die Akte Ihres Kontos öffnet, muss einen Grund angeben, und Sie sehen in Ihrem Konto, wann und warum es geschah.",
                    "Quiconque ouvre le dossier de votre compte doit donner un motif, et vous voyez dans votre compte quand et pourquoi c’est arrivé.",
                    proved("StaffContract#readingRecordIsShownToThePerson")),
            new Sentence(
                    "If you work here: whoever writes, approves or publishes an announcement stays on record with it by name and role, also after leaving.",
                    "Wenn Sie hier arbeiten: Wer eine Mitteilung schreibt, freigibt oder veröffentlicht, bleibt mit Namen und Rolle bei ihr verzeichnet, auch nach dem Ausscheiden.",
                    "Si vous travaillez ici\u00a0: la personne qui écrit, approuve ou publie une annonce y reste inscrite avec son nom et son rôle, même après son départ.",
                    proved("AnnouncementsContract#keepsTheNamesOfThoseWhoDecided_ANN07")),
            new Sentence(
                    "We hand personal data to nobody, unless the law requires it.",
                    "Wir geben persönliche Daten an niemanden weiter, es sei denn, das Gesetz verlangt es.",
                    "Nous ne transmettons de données personnelles à personne, sauf si la loi l’exige.",
                    nothingGoesToOthers()),
            new Sentence(
                    "What was disclosed is kept on record.",
                    "Was weitergegeben wurde, wird festgehalten.",
                    "Ce qui a été communiqué est consigné.",
                    proved("StaffContract#disclosuresAreOnRecordAndShownToThePersonUnlessForbidden_P11")),
            new Sentence(
                    "Programs that work for this site, such as a shop, may be told that an address subscribed or left.",
                    "Programmen, die für diese Website arbeiten, etwa einem Shop, kann gemeldet werden, dass eine Adresse abonniert oder abbestellt hat.",
                    "Des programmes qui travaillent pour ce site, comme une boutique, peuvent apprendre qu’une adresse s’est abonnée ou désabonnée.",
                    proved("WebhooksContract#tellsTheAddressOfThisMomentOnlyWhereChosen")),
            new Sentence(
                    "Changes are posted here and on the home page before they take effect.",
                    "Änderungen stehen hier und auf der Startseite, bevor sie wirksam werden.",
                    "Les modifications sont affichées ici et sur la page d’accueil avant de prendre effet.",
                    proved("AnnouncementsContract#privacyPolicyIsPublishedByItsAnnouncementAndHoldsFromItsDay")),
            new Sentence(
                    "Holders of an account are told by e-mail, in time to object or to leave.",
                    "Wer ein Konto hat, wird rechtzeitig per E-Mail unterrichtet, um zu widersprechen oder zu gehen.",
                    "Les personnes qui ont un compte en sont informées par e-mail, à temps pour s’y opposer ou partir.",
                    proved(
                            "AnnouncementsContract#refusesAPrivacyPolicyThatTakesEffectTooSoon",
                            "AnnouncementPagesTest#showsWhoWasToldOfAPolicyVersion_P6")),
            new Sentence(
                    "Older versions stay readable.",
                    "Ältere Fassungen bleiben lesbar.",
                    "Les anciennes versions restent lisibles.",
                    template("announcements/policy", "policies.history")),
            new Sentence(
                    "Questions about privacy reach a person at PRIVACY_ADDRESS.",
                    "Fragen zum Datenschutz beantwortet ein Mensch unter PRIVACY_ADDRESS.",
                    "Les questions sur vos données parviennent à une personne à l’adresse PRIVACY_ADDRESS.",
                    proved("AccountsIT#namesTheContactForPrivacyQuestions_P12")),
            new Sentence(
                    "You may also complain to your data protection authority.",
                    "Sie können sich auch bei Ihrer Datenschutzbehörde beschweren.",
                    "Vous pouvez aussi vous plaindre auprès de votre autorité de protection des données.",
                    aRight()));

    private static final List<Message> MESSAGES = List.of(
            new Message(
                    ACCOUNTS,
                    "accounts.close.deactivate.text",
                    "You are signed out everywhere and get no newsletters and no announcements; only a breach of data that concerns you we would have to tell you. For a while you can come back, and your newsletters come back with you; the mail that we send you says until when. Then everything is erased.",
                    "Sie sind überall abgemeldet, erhalten keine Newsletter und keine Mitteilungen; nur von einer Verletzung des Datenschutzes, die Sie betrifft, müssten wir Ihnen berichten. Eine Zeit lang können Sie zurückkommen, und Ihre Newsletter kommen wieder; die Mail, die wir Ihnen schicken, sagt, bis wann. Dann wird alles gelöscht.",
                    "Tous vos navigateurs sont déconnectés, et vous ne recevez plus ni newsletters ni annonces\u00a0; seule une violation de données qui vous concerne devrait encore vous être signalée. Pendant un temps, vous pouvez revenir, et vos newsletters reviennent avec vous\u00a0; l’e-mail que nous vous envoyons dit jusqu’à quand. Ensuite, tout est effacé.",
                    deactivatedAccountsHearNothingElse()),
            new Message(
                    ACCOUNTS,
                    "accounts.close.erase.text",
                    "Everything that is stored about you is erased now. This cannot be undone.",
                    "Alles, was über Sie gespeichert ist, wird jetzt gelöscht. Das lässt sich nicht rückgängig machen.",
                    "Tout ce qui est enregistré sur vous est effacé maintenant. C’est définitif.",
                    proved("LeavingContract#erasureLeavesNoPersonalValue")),
            new Message(
                    ACCOUNTS,
                    "accounts.goodbye.deactivated",
                    "A mail is on its way that says until when you can come back.",
                    "Eine Mail ist unterwegs, die sagt, bis wann Sie zurückkommen können.",
                    "Un e-mail est en route qui dit jusqu’à quand vous pouvez revenir.",
                    proved("LeavingContract#deactivationStopsEverythingAtOnce")),
            new Message(
                    ACCOUNTS,
                    "accounts.goodbye.erased",
                    "A last mail is on its way as a receipt. Nothing personal is left here.",
                    "Eine letzte Mail ist als Beleg unterwegs. Hier ist nichts Persönliches mehr gespeichert.",
                    "Un dernier e-mail est en route comme reçu. Il ne reste rien de personnel ici.",
                    proved("LeavingContract#erasureLeavesNoPersonalValue")),
            new Message(
                    ACCOUNTS,
                    "accounts.reactivate.password.lead",
                    "Your mailbox is proved. Now your password, and everything is as it was: your details and the newsletters you were getting.",
                    "Ihr Postfach ist bestätigt. Jetzt noch Ihr Passwort, dann ist alles wie zuvor: Ihre Angaben und die Newsletter, die Sie erhielten.",
                    "Votre boîte e-mail est prouvée. Donnez maintenant votre mot de passe, et tout redevient comme avant\u00a0: vos données et les newsletters que vous receviez.",
                    proved("SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01")),
            new Message(
                    ACCOUNTS,
                    "accounts.reactivate.done",
                    "Welcome back. Your account is active again, the newsletters you were getting come again, and you are signed in.",
                    "Willkommen zurück. Ihr Konto ist wieder aktiv, die Newsletter, die Sie erhielten, kommen wieder, und Sie sind angemeldet.",
                    "Heureux de vous retrouver. Votre compte est de nouveau actif, les newsletters que vous receviez reviennent, et votre session est ouverte.",
                    proved("SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01")),
            new Message(
                    ACCOUNTS,
                    "accounts.reactivate.done.sign-in",
                    "Welcome back. Your account is active again, and the newsletters you were getting come again. Please sign in.",
                    "Willkommen zurück. Ihr Konto ist wieder aktiv, und die Newsletter, die Sie erhielten, kommen wieder. Bitte melden Sie sich an.",
                    "Heureux de vous retrouver. Votre compte est de nouveau actif, et les newsletters que vous receviez reviennent. Veuillez vous connecter.",
                    proved("SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01")),
            new Message(
                    ACCOUNTS,
                    "accounts.data.copy.text",
                    "Everything that is stored about you, without passwords and tokens: as a page to read, or as a file for other programs.",
                    "Alles, was über Sie gespeichert ist, ohne Passwörter und Schlüssel: als Seite zum Lesen oder als Datei für andere Programme.",
                    "Tout ce qui est enregistré sur vous, sans mots de passe ni jetons\u00a0: comme page à lire, ou comme fichier pour d’autres programmes.",
                    proved(
                            "CorrectingContract#exportsWhatIsStoredWithoutSecrets",
                            "SubscriptionsContract#exportsWhatIsStoredAboutAPerson",
                            "SubscriptionsContract#theCopyHasTheIssuesThatWereSent_MBR04")),
            new Message(
                    ACCOUNTS,
                    "accounts.data.readings.text",
                    "When somebody who works here opens your record, the reason stands here. When somebody opens your subscriptions, that stands here too.",
                    "Wenn jemand, der hier arbeitet, Ihre Akte öffnet, steht hier der Grund. Wenn jemand Ihre Abonnements öffnet, steht auch das hier.",
                    "Quand une personne de l’équipe ouvre votre dossier, le motif figure ici. Quand quelqu’un ouvre vos abonnements, cela figure ici aussi.",
                    proved(
                            "StaffContract#readingRecordIsShownToThePerson",
                            "StaffContract#openingSubscriptionsIsShownOnceAnHour_SEC51")),
            new Message(
                    ACCOUNTS,
                    "accounts.export.lead",
                    "Everything that is stored about you, without passwords and tokens. Times are those of this zone: {0}.",
                    "Alles, was über Sie gespeichert ist, ohne Passwörter und Schlüssel. Zeiten sind die dieser Zone: {0}.",
                    "Tout ce qui est enregistré sur vous, sans mots de passe ni jetons. Les heures sont celles de ce fuseau\u00a0: {0}.",
                    proved(
                            "CorrectingContract#exportsWhatIsStoredWithoutSecrets",
                            "SubscriptionsContract#exportsWhatIsStoredAboutAPerson",
                            "SubscriptionsContract#theCopyHasTheIssuesThatWereSent_MBR04")),
            new Message(
                    ACCOUNTS,
                    "accounts.phone.hint",
                    "Only needed if we may call you. We do not keep it otherwise.",
                    "Nur nötig, wenn wir anrufen dürfen. Sonst speichern wir sie nicht.",
                    "Nécessaire seulement si nous pouvons vous appeler. Sinon, nous ne le gardons pas.",
                    proved("SmallThingsTest#keepsPhoneOnlyWhileCallsAreWished")),
            new Message(
                    ACCOUNTS,
                    "accounts.erasure.lead",
                    "Whoever answers requests about personal data at {0} has asked for your account to be erased.",
                    "Wer bei {0} Anfragen zu persönlichen Daten beantwortet, hat veranlasst, dass Ihr Konto gelöscht wird.",
                    "La personne qui répond aux demandes sur les données personnelles du site {0} a demandé l’effacement de votre compte.",
                    erasuresByStaffWait()),
            new Message(
                    ACCOUNTS,
                    "accounts.erasure.then",
                    "You do not want this? Press the button, and your account stays as it is. You do want it? Then close the page.",
                    "Sie möchten das nicht? Dann drücken Sie die Schaltfläche, und Ihr Konto bleibt, wie es ist. Sie möchten es? Dann schließen Sie die Seite.",
                    "Vous ne le voulez pas\u00a0? Appuyez sur le bouton, et votre compte reste tel quel. Vous le voulez\u00a0? Alors fermez la page.",
                    erasuresByStaffWait()),
            new Message(
                    ACCOUNTS,
                    "accounts.record.erase.text",
                    "On the person’s request. They get a mail at once that says when it is done and how to stop it. Then everything that is stored about them is gone, and they get a last mail as receipt.",
                    "Auf Wunsch der Person. Sie erhält sofort eine Mail, die sagt, wann es geschieht und wie es sich aufhalten lässt. Dann ist alles fort, was über sie gespeichert ist, und sie erhält eine letzte Mail als Beleg.",
                    "À la demande de la personne. Elle reçoit aussitôt un e-mail qui dit quand ce sera fait et comment l’arrêter. Ensuite, tout ce qui est enregistré sur elle disparaît, et elle reçoit un dernier e-mail comme reçu.",
                    erasuresByStaffWait()),
            new Message(
                    HOME,
                    "home.promise.1.text",
                    "You get the newsletters that you ticked, and no others. Each has a link that ends it at once, without signing in.",
                    "Sie erhalten die Newsletter, die Sie angekreuzt haben, und keine anderen. In jedem steht ein Link, der ihn sofort beendet, ohne Anmeldung.",
                    "Vous recevez les newsletters que vous avez cochées, et aucune autre. Chacune contient un lien qui y met fin aussitôt, sans connexion.",
                    proved("SubscriptionsContract#unsubscribesWithOneClickAnyNumberOfTimes")),
            new Message(
                    HOME,
                    "home.promise.2.text",
                    "We write about maintenance, incidents and changes of terms. Never with advertising in it.",
                    "Wir schreiben über Wartung, Störungen und geänderte Bedingungen. Nie mit Werbung darin.",
                    "Nous écrivons pour une maintenance, un incident ou une modification des conditions. Jamais avec de la publicité.",
                    proved("HonestyLintTest#looksAtEveryLanguageAndSlot")),
            new Message(
                    HOME,
                    "home.promise.3.text",
                    "See it, correct it, download it. Close your account yourself, and it is erased.",
                    "Sie können sie ansehen, berichtigen und herunterladen. Sie schließen Ihr Konto selbst, dann wird es gelöscht.",
                    "Consultez-les, corrigez-les, téléchargez-les. Fermez vous-même votre compte, et il est effacé.",
                    proved("AccountsIT#leavesComesBackAndLeavesForGood")),
            new Message(
                    MAILS,
                    "registration-confirmation.note.2",
                    "It was not you? Do nothing. No account is opened, and the address is deleted after two days.",
                    "Das waren nicht Sie? Dann tun Sie nichts. Es wird kein Konto eröffnet, und die Adresse wird nach zwei Tagen gelöscht.",
                    "Ce n’était pas vous\u00a0? Ne faites rien. Aucun compte n’est créé, et l’adresse est supprimée au bout de deux jours.",
                    registrationsAreKeptFor(Duration.ofDays(2))),
            new Message(
                    MAILS,
                    "account-deactivated.text.1",
                    "Your account at {{site}} was deactivated on {{when}}, with {{browser}}. Every browser is signed out, and you get no newsletters and no announcements any more. Only a breach of data that concerns you we would have to tell you.",
                    "Ihr Konto bei {{site}} wurde deaktiviert: am {{when}}, mit {{browser}}. Alle Browser sind abgemeldet, und Sie erhalten keine Newsletter und keine Mitteilungen mehr. Nur von einer Verletzung des Datenschutzes, die Sie betrifft, müssten wir Ihnen berichten.",
                    "Votre compte sur {{site}} a été désactivé le {{when}}, avec {{browser}}. Tous les navigateurs sont déconnectés, et vous ne recevez plus ni newsletters ni annonces. Seule une violation de données qui vous concerne devrait encore vous être signalée.",
                    deactivatedAccountsHearNothingElse()),
            new Message(
                    MAILS,
                    "account-deactivated.text.2",
                    "On {{date}} we erase the account and everything in it. Until then you can come back with your password and this mailbox; the newsletters you were getting come back with it.",
                    "Am {{date}} löschen wir das Konto mit allem, was dazugehört. Bis dahin können Sie mit Ihrem Passwort und diesem Postfach zurückkommen; die Newsletter, die Sie erhielten, kommen dann wieder.",
                    "Le {{date}}, nous effaçons le compte et tout ce qu’il contient. D’ici là, vous pouvez revenir avec votre mot de passe et cette boîte e-mail\u00a0; les newsletters que vous receviez reviennent avec lui.",
                    proved(
                            "SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01",
                            "LeavingContract#erasesWhenTheWindowIsOver")),
            new Message(
                    MAILS,
                    "reactivation.text.1",
                    "Somebody, probably you, asked for the deactivated account with this address at {{site}}. Follow the link and give your password, and everything is as it was: your details and the newsletters you were getting.",
                    "Jemand, vermutlich Sie, hat nach dem deaktivierten Konto mit dieser Adresse bei {{site}} gefragt. Folgen Sie dem Link und geben Sie Ihr Passwort ein, dann ist alles wie zuvor: Ihre Angaben und die Newsletter, die Sie erhielten.",
                    "Quelqu’un, sans doute vous, a demandé le compte désactivé qui porte cette adresse sur {{site}}. Suivez le lien et donnez votre mot de passe\u00a0: tout redevient comme avant, vos données et les newsletters que vous receviez.",
                    proved("SubscriptionsContract#subscriptionsRestWithTheAccountAndComeBackWithIt_MBR01")),
            new Message(
                    MAILS,
                    "account-reactivated.text.2",
                    "The newsletters that you were getting come again from now on. What you had left before, or in the meantime, stays left.",
                    "Die Newsletter, die Sie erhielten, kommen von nun an wieder. Was Sie vorher oder in der Zwischenzeit abbestellt haben, bleibt abbestellt.",
                    "Les newsletters que vous receviez reviennent désormais. Celles que vous aviez quittées avant, ou entre-temps, restent quittées.",
                    proved("SubscriptionsContract#whatWasLeftBeforeOrDuringThePauseStaysLeft_MBR01")),
            new Message(
                    MAILS,
                    "erasure-asked.text.1",
                    "Whoever answers requests about personal data at {{site}} has asked for your account to be erased. This is done on {{when}}, not before.",
                    "Wer bei {{site}} Anfragen zu persönlichen Daten beantwortet, hat veranlasst, dass Ihr Konto gelöscht wird. Das geschieht am {{when}}, nicht früher.",
                    "La personne qui répond aux demandes sur les données personnelles du site {{site}} a demandé l’effacement de votre compte. Il aura lieu le {{when}}, pas avant.",
                    erasuresByStaffWait()),
            new Message(
                    MAILS,
                    "erasure-asked.text.2",
                    "Then everything that is stored about you is gone, and nobody can bring it back. Until then you can use your account as before.",
                    "Dann ist alles fort, was über Sie gespeichert ist, und niemand kann es zurückholen. Bis dahin können Sie Ihr Konto wie bisher benutzen.",
                    "Tout ce qui est enregistré sur vous disparaîtra alors, et personne ne pourra le rétablir. D’ici là, vous pouvez utiliser votre compte comme avant.",
                    proved(
                            "LeavingContract#erasureThatStaffAskForTakesEffectAfterHours_REVH3",
                            "RestoredAccountsContract#repeatsErasuresAfterABackupWasRestored_SEC63")),
            new Message(
                    MAILS,
                    "erasure-asked.note.1",
                    "The link works until the account is erased. It leads to a page with a button; you need not sign in.",
                    "Der Link gilt, bis das Konto gelöscht ist. Er führt zu einer Seite mit einer Schaltfläche; anmelden müssen Sie sich dafür nicht.",
                    "Le lien fonctionne jusqu’à l’effacement du compte. Il mène à une page avec un bouton\u00a0; vous n’avez pas à vous connecter.",
                    proved("LeavingContract#thePersonStopsTheErasureByTheLinkInHerMail_REVH3")),
            new Message(
                    MAILS,
                    "erasure-stopped.text.1",
                    "We told you that your account at {{site}} was to be erased. Somebody who works there has stopped this. Nothing was erased.",
                    "Wir hatten Ihnen mitgeteilt, dass Ihr Konto bei {{site}} gelöscht werden soll. Jemand, der dort arbeitet, hat das aufgehalten. Es wurde nichts gelöscht.",
                    "Nous vous avions écrit que votre compte sur {{site}} allait être effacé. Une personne de l’équipe l’a arrêté. Rien n’a été effacé.",
                    proved("LeavingContract#anotherOfficerOrAnAdministratorStopsTheErasure_REVH3")),
            new Message(
                    MAILS,
                    "account-erased.text.1",
                    "Your account at {{site}} was erased on {{when}}, because you asked for it or because the time to come back was over. Nothing personal is left.",
                    "Ihr Konto bei {{site}} wurde am {{when}} gelöscht, weil Sie es verlangt haben oder weil die Zeit zum Zurückkommen vorbei war. Es ist nichts Persönliches mehr gespeichert.",
                    "Votre compte sur {{site}} a été effacé le {{when}}, parce que vous l’aviez demandé ou parce que le délai pour revenir était écoulé. Il ne reste rien de personnel.",
                    proved("LeavingContract#erasureLeavesNoPersonalValue")),
            new Message(
                    MAILS,
                    "account-erased.text.2",
                    "We keep only a scrambled mark that this was done, so that a backup cannot bring your data back. Neither your name nor your address can be read from it.",
                    "Wir behalten nur ein verschlüsseltes Zeichen, dass es geschehen ist, damit keine Sicherung Ihre Daten zurückbringt. Weder Name noch Adresse lassen sich daraus lesen.",
                    "Nous ne gardons qu’une marque brouillée attestant que c’est fait, pour qu’aucune sauvegarde ne puisse ramener vos données. On ne peut y lire ni votre nom ni votre adresse.",
                    proved("RestoredAccountsContract#repeatsErasuresAfterABackupWasRestored_SEC63")));

    /** Words by which a sentence speaks of what is stored, erased, kept, or comes back. */
    private static final Pattern SPEAKS_OF_DATA = Pattern.compile(
            "(?i)everything that is stored|nothing personal|scrambled|as it was\\b|come back with|come again|erased now"
                    + "|hears nothing|do not keep|address is deleted");

    @Test
    void everySentenceOfThePolicyStandsInTheTable_MBR02() throws IOException {
        for (Locale language : Languages.ALL) {
            assertThat(sentences(read(POLICY + language.getLanguage() + ".md")))
                    .as("in %s; a new sentence needs its row, with the fact that makes it so", language)
                    .containsExactlyElementsOf(
                            SENTENCES.stream().map(row -> row.in(language)).toList());
        }
    }

    @Test
    void everySentenceOfPagesAndMailsIsAsInTheTable_ANN10() throws IOException {
        for (Message message : MESSAGES) {
            for (Locale language : Languages.ALL) {
                assertThat(bundle(message.bundle() + language.getLanguage() + ".properties")
                                .getProperty(message.key()))
                        .as("%s in %s", message.key(), language)
                        .isEqualTo(message.in(language));
            }
        }
    }

    @Test
    void noSentenceAboutDataIsLeftOut() throws IOException {
        for (String bundle : List.of(ACCOUNTS, HOME, MAILS)) {
            List<String> known = MESSAGES.stream()
                    .filter(message -> message.bundle().equals(bundle))
                    .map(Message::key)
                    .toList();
            bundle(bundle + "en.properties").forEach((key, text) -> {
                // What staff read of a copy, and the card that leads to the page in the table.
                boolean about = SPEAKS_OF_DATA.matcher((String) text).find()
                        && !Set.of("accounts.record.copy.text", "accounts.me.data.text")
                                .contains(key);
                assertThat(!about || known.contains(key))
                        .as("%s says something about data and stands in no row: %s", key, text)
                        .isTrue();
            });
        }
    }

    @TestFactory
    Stream<DynamicTest> everySentenceIsSo_MBR02() {
        return Stream.concat(
                SENTENCES.stream()
                        .map(sentence -> DynamicTest.dynamicTest(
                                sentence.english(), () -> sentence.fact().holds())),
                MESSAGES.stream()
                        .map(message -> DynamicTest.dynamicTest(
                                message.key(), () -> message.fact().holds())));
    }

    // Facts

    private static Fact aLeadIn() {
        return () -> {};
    }

    /** It is the law's, not ours. */
    private static Fact aRight() {
        return () -> {};
    }

    private static Fact proved(String... tests) {
        return () -> {
            for (String test : tests) {
                String[] named = test.split("#", 2);
                List<Path> found = files("src/test/java", named[0] + ".java");
                assertThat(found).as(test).hasSize(1);
                assertThat(Files.readString(found.get(0))).as(test).contains("void " + named[1] + "(");
            }
        };
    }

    private static Fact template(String template, String key) {
        return () -> assertThat(read("web/src/main/jte/" + template + ".jte")).contains(key);
    }

    private static Fact fieldsOfForms(String field) {
        return () -> assertThat(fieldsOfMembersForms()).contains(field);
    }

    /** What the forms of visitors and members take; wishes go with the phone number. */
    private static Fact nothingElseIsAskedFor() {
        return () -> assertThat(fieldsOfMembersForms())
                .isSubsetOf(
                        "address",
                        "name",
                        "password",
                        "current",
                        "phone",
                        "wishes",
                        "zone",
                        "language",
                        "newsletter",
                        // a wish about what staff made themselves
                        "revoke-tokens");
    }

    private static Set<String> fieldsOfMembersForms() throws IOException {
        Set<String> names = new TreeSet<>();
        Pattern named = Pattern.compile("@template\\.form\\.\\w+\\([^`]*?name = \"([a-z-]+)\"");
        for (String template : List.of(
                "accounts/register",
                "accounts/open",
                "accounts/profile",
                "accounts/wishes",
                "accounts/address",
                "accounts/password",
                "accounts/sign-in",
                "newsletters/subscribe",
                "newsletters/join")) {
            named.matcher(read("web/src/main/jte/" + template + ".jte"))
                    .results()
                    .map(result -> result.group(1))
                    .filter(name -> !name.startsWith("kept-"))
                    .forEach(names::add);
        }
        return names;
    }

    /** An image that a mail loads would be in what renders mails, and a counted link would lead to a resource of ours. */
    private static Fact mailsHaveNoPixelsAndLinksLeadStraight() {
        return () -> {
            assertThat(Files.readString(only("src/main/java", "MessageTemplate.java")))
                    .doesNotContainIgnoringCase("<img");
            for (Path resource : resources()) {
                assertThat(Files.readString(resource))
                        .as(resource.toString())
                        .doesNotContainPattern("@Path\\(\"/(?:track|open|click|pixel)");
            }
        };
    }

    private static Fact announcementsAreAbout(String... types) {
        return () -> {
            String source = Files.readString(only("src/main/java", "AnnouncementType.java"));
            assertThat(types).allSatisfy(type -> assertThat(source).contains(type));
        };
    }

    private static Fact aBreachReachesDeactivatedAccounts() {
        return () -> assertThat(reaches(MailKind.DATA_BREACH_NOTICE, PersonState.DEACTIVATED))
                .isTrue();
    }

    private static Fact deactivatedAccountsHearNothingElse() {
        return () -> assertThat(Arrays.stream(MailKind.values()).filter(kind -> reaches(kind, PersonState.DEACTIVATED)))
                .as("receipts and links are what she asked for")
                .containsOnly(
                        MailKind.DATA_BREACH_NOTICE,
                        MailKind.MAILBOX_PROOF,
                        MailKind.ACCOUNT_RECEIPT,
                        MailKind.LAST_RECEIPT);
    }

    private static boolean reaches(MailKind kind, PersonState state) {
        try {
            Method decision = Class.forName("org.tidings.mail.internal.standing.WhoMayBeWrittenTo")
                    .getDeclaredMethod("whyNot", MailKind.class, PersonState.class, Set.class);
            decision.setAccessible(true);
            return ((Optional<?>) decision.invoke(null, kind, state, Set.of())).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the decision who may be written to", e);
        }
    }

    private static Fact erasuresByStaffWait() {
        return () -> {
            assertThat(Duration.parse(defaultOf("AccountsPersistence", "ERASURE_DELAY")))
                    .isGreaterThanOrEqualTo(Duration.ofHours(1));
            proved(
                            "LeavingContract#erasureThatStaffAskForTakesEffectAfterHours_REVH3",
                            "LeavingContract#thePersonStopsTheErasureByTheLinkInHerMail_REVH3")
                    .holds();
        };
    }

    private static Fact thereIsNoAccessLog() {
        return () -> {
            try (Stream<Path> files = Files.walk(PROJECT.resolve("launcher/src/main"))) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(file -> text(file).contains("--accesslog")))
                        .isEmpty();
            }
            assertThat(text(PROJECT.resolve("web/src/main/java/org/tidings/web/access/AccessFilter.java")))
                    .doesNotContain("Logger");
        };
    }

    /** A window of a limit is a day at most, and its counter goes a day after it. */
    private static Fact networksAreKeptAsKeyedHashesFor(Duration most) {
        return () -> {
            assertThat(read("accounts/src/main/java/org/tidings/accounts/internal/KeyedHashes.java"))
                    .contains("String ofNetwork(")
                    .contains("Secrets.keyedHash(");
            assertThat(Files.readString(files("src/main/java", "Retention.java").stream()
                            .filter(file -> file.toString().contains("/accounts/src/"))
                            .findFirst()
                            .orElseThrow()))
                    .containsPattern(
                            "limit_count where until_at < \\?1\"\\)\\s*\\.setParameter\\(1, at\\.minusDays\\(1\\)\\)");
            assertThat(constant("org.tidings.accounts.internal.SignInTries", "NETWORK_STOPPED"))
                    .isEqualTo(Duration.ofDays(1));
            assertThat(most).isEqualTo(Duration.ofDays(1 + 1));
        };
    }

    private static Fact sessionsAreKeptFor(Duration most) {
        return () -> {
            for (String life : List.of("MEMBER_LIFE", "MEMBER_IDLE", "STAFF_LIFE", "STAFF_IDLE")) {
                assertThat((Duration) constant("org.tidings.accounts.internal.Session", life))
                        .as(life)
                        .isLessThanOrEqualTo(most);
            }
            assertThat(constant("org.tidings.accounts.internal.Session", "MEMBER_LIFE"))
                    .isEqualTo(most);
        };
    }

    private static Fact registrationsAreKeptFor(Duration most) {
        return () -> {
            Duration valid = (Duration) constant("org.tidings.accounts.internal.Registration", "VALID");
            assertThat(valid.plusDays(1)).isEqualTo(most);
            assertThat(Files.readString(files("src/main/java", "Retention.java").stream()
                            .filter(file -> file.toString().contains("/accounts/src/"))
                            .findFirst()
                            .orElseThrow()))
                    .contains("pending.deleteExpired(at.minusDays(1))");
        };
    }

    private static Fact deliveriesAreKeptFor(Duration time) {
        return () -> assertThat(Files.readString(only("src/main/java", "MailSettings.java")))
                .containsPattern("\"tidings\\.mail\\.keep\\.deliveries\",\\s*\"" + "P" + time.toDays() + "D\"");
    }

    private static Fact returnedMailIsKeptFor(Duration time) {
        return () -> assertThat(constant("org.tidings.mail.internal.returned.ReturnedMailBook", "RAW_KEPT"))
                .isEqualTo(time);
    }

    /** There is nothing that sends to other sites, but to mail servers, name servers, and back to who signed a webhook. */
    private static Fact nothingGoesToOthers() {
        return () -> {
            for (Path source : files("src/main/java", "")) {
                if (!source.toString().contains("launcher") && !source.endsWith("SnsCertificates.java")) {
                    assertThat(text(source))
                            .as(source.toString())
                            .doesNotContain("HttpClient.newBuilder")
                            .doesNotContainPattern("analytics|doubleclick");
                }
            }
        };
    }

    // Cookies

    /** What {@link Cookies} has, the policy lists, and nothing else, in every language; each with how long it lasts. */
    @Test
    void thePolicyListsEveryCookieAndHowLongItLasts_MBR02() throws Exception {
        everyCookieIsListed().holds();
    }

    private static Fact everyCookieIsListed() {
        return () -> {
            for (Locale language : Languages.ALL) {
                List<String> listed = Pattern.compile("(?m)^- `(__Host-[a-z-]+)`")
                        .matcher(read(POLICY + language.getLanguage() + ".md"))
                        .results()
                        .map(cookie -> cookie.group(1))
                        .toList();
                assertThat(listed)
                        .as("cookies that the policy lists (%s), beside those of the code", language)
                        .containsExactlyInAnyOrderElementsOf(cookies().values());
            }
        };
    }

    private static Fact cookieUntilTheBrowserCloses(String constant) {
        return () -> {
            assertThat(cookies()).containsKey(constant);
            assertThat(uses(constant, "lasting")).isEmpty();
            assertThat(constant.equals("SESSION") ? sessionCookie() : uses(constant, "untilTheBrowserCloses"))
                    .isNotEmpty();
        };
    }

    private static Fact cookieFor(String constant, Duration time) {
        return () -> {
            assertThat(uses(constant, "lasting")).isNotEmpty();
            assertThat(uses(constant, "untilTheBrowserCloses")).isEmpty();
            assertThat(constant("org.tidings.web.pages.Pages", constant + "_KEPT"))
                    .isEqualTo(time);
        };
    }

    private static List<String> sessionCookie() throws IOException {
        return matches(
                read("web/src/main/java/org/tidings/web/access/Cookies.java"),
                "cookie\\(SESSION, token, NewCookie\\.DEFAULT_MAX_AGE\\)");
    }

    private static List<String> uses(String constant, String way) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : files("src/main/java", "")) {
            found.addAll(matches(text(source), "Cookies\\." + way + "\\(\\s*Cookies\\." + constant + "\\b"));
        }
        return found;
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** By the name of the constant. */
    private static Map<String, String> cookies() {
        return Arrays.stream(Cookies.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .collect(java.util.stream.Collectors.toMap(Field::getName, (Function<Field, String>) field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new LinkageError("public", e);
                    }
                }));
    }

    // Reading

    private static List<String> sentences(String markdown) {
        List<String> sentences = new ArrayList<>();
        for (String block : markdown.split("\n\\s*\n|\n(?=- )", -1)) {
            if (!block.isBlank() && !block.strip().startsWith("#")) {
                String text = block.strip().replaceFirst("^- ", "").replaceAll("\\s+", " ");
                sentences.addAll(Arrays.asList(text.split("(?<=[.!?])\\s+(?=[A-ZÀÄÉÊÖÜ])", -1)));
            }
        }
        return sentences;
    }

    private static Object constant(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    /** Of a configuration key that is named by a constant of the same class. */
    private static String defaultOf(String type, String constant) throws IOException {
        return Pattern.compile("ConfigurationKey\\(\\s*" + constant + ",\\s*\"([^\"]*)\"")
                .matcher(Files.readString(only("src/main/java", type + ".java")))
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Collection<Path> resources() throws IOException {
        return files("src/main/java", "Resource.java");
    }

    private static Path only(String folder, String name) throws IOException {
        List<Path> found = files(folder, "/" + name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("site", "mail", "accounts", "newsletter", "announcements", "web", "launcher")) {
            try (Stream<Path> found = Files.walk(PROJECT.resolve(module).resolve(folder))) {
                found.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().endsWith(ending))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Properties bundle(String path) throws IOException {
        Properties texts = new Properties();
        try (var in = Files.newBufferedReader(PROJECT.resolve(path))) {
            texts.load(in);
        }
        return texts;
    }

    private static String read(String path) throws IOException {
        return Files.readString(PROJECT.resolve(path));
    }
}
