package org.tidings.newsletter;

/** Systems whose exports are recognised by their columns. */
public enum KnownSystem {
    BEEHIIV("Beehiiv"),
    BREVO("Brevo"),
    BUTTONDOWN("Buttondown"),
    GHOST("Ghost"),
    GOOGLE("Google Contacts"),
    KEILA("Keila"),
    KIT("Kit"),
    LISTMONK("listmonk"),
    MAILCHIMP("Mailchimp"),
    MAILERLITE("MailerLite"),
    MAILMAN("Mailman"),
    OUTLOOK("Outlook"),
    PHPLIST("phpList"),
    SENDY("Sendy"),
    SUBSTACK("Substack"),
    TIDINGS("Tidings");

    private final String title;

    KnownSystem(String title) {
        this.title = title;
    }

    /** As it calls itself. */
    public String title() {
        return title;
    }
}
