package org.tidings.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tidings.launcher.PlainPage.Words;

/** Why a request gets no further than the edge, as the whole answer. */
enum Refusal {
    TOO_LARGE(
            413,
            "Content Too Large",
            new Words("Too large", "Zu groß", "Trop grand"),
            new Words(
                    "What you sent is larger than this page takes, and nothing of it was saved. Go back and shorten it, or choose a smaller file.",
                    "Was Sie gesendet haben, ist größer, als diese Seite annimmt; nichts davon wurde gespeichert. Gehen Sie zurück und kürzen Sie es, oder wählen Sie eine kleinere Datei.",
                    "Ce que vous avez envoyé dépasse ce que cette page accepte ; rien n’a été enregistré. Revenez en arrière et raccourcissez-le, ou choisissez un fichier plus petit.")),
    MALFORMED(
            400,
            "Bad Request",
            new Words("This address is damaged", "Diese Adresse ist beschädigt", "Cette adresse est abîmée"),
            new Words(
                    "It may have lost a piece on its way through a mail program. Copy it whole from the mail, or go on from here:",
                    "Vielleicht hat sie auf dem Weg durch ein Mailprogramm ein Stück verloren. Kopieren Sie sie vollständig aus der Mail, oder gehen Sie von hier weiter:",
                    "Un logiciel de messagerie en a peut-être coupé un morceau. Copiez-la en entier depuis le message, ou continuez d’ici :"),
            "<ul><li><a href=\"/manage\" lang=\"en\">Newsletters: send me my link</a></li><li><a href=\"/manage\" lang=\"de\">Newsletter: meinen Link senden</a></li>"
                    + "<li><a href=\"/manage\" lang=\"fr\">Lettres d’information : m’envoyer mon lien</a></li></ul>"),
    TOO_MANY_FIELDS(
            400,
            "Bad Request",
            new Words("Too many fields", "Zu viele Felder", "Trop de champs"),
            new Words(
                    "A form of this site has fewer fields than what was sent. Go back, load the page anew and try again.",
                    "Kein Formular dieser Seite hat so viele Felder, wie gesendet wurden. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
                    "Aucun formulaire de ce site n’a autant de champs que ce qui a été envoyé. Revenez en arrière, rechargez la page et réessayez.")),
    TOO_LATE(
            408,
            "Request Timeout",
            new Words("Too slow", "Zu langsam", "Trop lent"),
            new Words(
                    "What you sent took too long to arrive, and nothing of it was saved. Go back and try again when your connection is better.",
                    "Was Sie gesendet haben, hat zu lange gebraucht; nichts davon wurde gespeichert. Gehen Sie zurück und versuchen Sie es bei besserer Verbindung noch einmal.",
                    "Votre envoi a mis trop de temps à arriver ; rien n’a été enregistré. Revenez en arrière et réessayez avec une meilleure connexion.")),
    TOO_MANY_AT_ONCE(
            503,
            "Service Unavailable",
            Words.TRY_AGAIN,
            new Words(
                    "Too much comes from your address at once. Please wait a moment and try again.",
                    "Von Ihrer Adresse kommt zu viel auf einmal. Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal.",
                    "Trop de demandes arrivent en même temps de votre adresse. Attendez un instant et réessayez.")),
    BUSY(
            503,
            "Service Unavailable",
            Words.TRY_AGAIN,
            new Words(
                    "There is too much to do here just now. Please wait a moment and try again.",
                    "Hier ist gerade zu viel zu tun. Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal.",
                    "Il y a trop à faire ici en ce moment. Attendez un instant et réessayez."));

    private final int status;
    private final String answer;

    Refusal(int status, String reason, Words title, Words text) {
        this(status, reason, title, text, "");
    }

    Refusal(int status, String reason, Words title, Words text, String more) {
        this.status = status;
        String page = new PlainPage(title, text, more).html();
        String head = "HTTP/1.1 " + status + " " + reason + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\nContent-Length: "
                + page.getBytes(StandardCharsets.UTF_8).length + "\r\n" + AnswerHeaders.LINES
                + (status == 503 ? "Retry-After: 1\r\n" : "")
                + "Connection: close\r\n\r\n";
        answer = head + page;
    }

    /** In the figures. */
    String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Something an operator may do something about. */
    boolean isOurs() {
        return status == 503;
    }

    byte[] bytes() {
        return answer.getBytes(StandardCharsets.UTF_8);
    }
}
