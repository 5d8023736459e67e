package org.tidings.mail.internal.replies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link Absence} is for English, for the languages that mail servers speak: a noun for the addressee and a state, in either order,
 * with a few words between that do not name the sender. Nouns and states are beginnings of words, so that cases and genders need no
 * lines of their own; accents do not count, and umlauts may be written as two letters ("Empfaenger").
 */
final class AbsenceByLanguage {
    /** @param closed states of a mailbox that was there once */
    private record Language(List<String> states, Pattern absent, List<String> closings, Pattern closed) {}

    /** Who sends is not who receives; beginnings of words, folded. */
    static final String SENDER = alternatives(
            "absender, expediteur, emetteur, remitente, mittente, remetente, afzender, nadawc, odesilatel, odosielatel, posiljatelj, posiljalac"
                    + ", pošiljatelj, отправител, відправник, адпраўнік, подател, пошиљалац, испраќач, gönderen, gönderici, avsändar, avsender, afsender, lähettäj, feladó, felado"
                    + ", expeditor, αποστολέα, saatja, siuntej, sutitaj, người gửi, pengirim, 发件人, 發件人, 寄件者, 寄件人, 发信人, 送信者, 差出人, 送信元, 発信者, 发送者, 발신자, 보낸 사람, 보낸사람, 발신인"
                    + ", 송신자, המרסל, שולח, فرستنده, ผู้ส่ง, प्रेषक");

    /** "Your address" and an IP address are not hers; nor is one that the sender is named before. */
    private static final String HERS = "(?<!(?:" + SENDER + ")[^.;]{0,12})"
            + "(?<!(?:\\b(?:ihre|ihrer|deine|votre|vos|su|tu|seu|sua|vostr[oa]|suo|tuo|sua|uw|din|ditt|deres|vas|vasa|vase|ваш|ваша|вашего|вашия|twoj|panstwa|ip)[ -]))";

    /** Behind it are scripts whose words have two or three letters. */
    private static final int LAST_ALPHABET = 0x1100;
    /** Ends a state that says it only in front of the noun: "no mailbox", but not "the mailbox takes no". */
    private static final String ONLY_BEFORE = " *";
    /** Ends a noun that is no beginning of a word. */
    private static final String WHOLE = "$";

    private static final List<Language> LANGUAGES = List.of(
            // German
            words(
                    "empfänger, empfangsadress, adressat, benutzer, nutzer, anwender, teilnehmer, postfach, mailbox, mailadress, konto, account, adress, zieladress"
                            + ", alias, kunde, mailkonto, mailpostfach, briefkasten, user",
                    "unbekannt, nicht bekannt, existiert nicht, existieren nicht, existiert hier nicht, existiert leider nicht, nicht existent, nicht existier"
                            + ", nicht vorhanden, nicht gefunden, nicht auffindbar, nicht finden, gibt es nicht, gibt es hier nicht, existiert auf diesem, ungültig, nicht gültig"
                            + ", nicht ermittel, nicht zu ermitteln, nicht eingerichtet, nicht angelegt, nicht registriert, kein *, keinen *, keine *, falsch, fehlerhaft",
                    "gelöscht, deaktiviert, geschlossen, aufgelöst, gekündigt, stillgelegt, abgeschaltet, abgemeldet, nicht mehr gültig, nicht mehr aktiv, nicht mehr vorhanden, nicht mehr verfügbar, nicht mehr exist, nicht mehr erreichbar, nicht mehr genutzt, nicht mehr verwendet, nicht mehr in, nicht mehr bekannt, nicht mehr unter, inaktiv, erloschen, abgelaufen"
                            + ", verzogen, entfernt"),
            // French
            words(
                    "utilisateur, destinataire, adresse, compte, boite, bal$, abonne, usager, mailbox, alias, messagerie",
                    "inconnu, inexistant, invalide, introuvable, n'existe pas, n existe pas, n'existe, non trouve, pas ete trouve, pas trouve, pas pu etre trouve, non reconnu"
                            + ", n'est pas valide, errone, incorrect, aucun *, pas connu, n'est pas connu, pas repertorie, n'a ete trouve, non existant",
                    "desactive, ferme, supprime, resilie, cloture, n'est plus, n'existe plus, inacti, expire, efface"),
            // Spanish
            words(
                    "usuario, destinatario, buzon, casilla, cuenta, direccion, correo, mailbox, receptor",
                    "desconocid, inexistente, no existe, no es valid, no valid, invalid, no encontrad, no se encontro, no se ha encontrado, no se encuentra, no ha sido encontrad"
                            + ", no fue encontrad, no registrad, no esta registrad, incorrect, no se pudo encontrar, ningun *, no reconocid, erronea",
                    "deshabilitad, desactivad, cancelad, cerrad, eliminad, dado de baja, dada de baja, inactiv, ya no, expirad, borrad"),
            // Portuguese
            words(
                    "usuari, utilizador, destinatari, endereco, conta$, contas$, caixa, mailbox",
                    "desconhecid, inexistente, nao existe, invalid, nao encontrad, nao foi encontrad, nao foi possivel encontrar, nao localizad, nao cadastrad, nenhum *"
                            + ", nao e valid, incorret, nao reconhecid",
                    "desativad, encerrad, cancelad, excluid, inativ, desabilitad, nao existe mais, removid, expirad, ja nao existe, fechad"),
            // Italian
            words(
                    "utente, destinatari, casella, indirizzo, account, mailbox, cassetta",
                    "sconosciut, inesistent, non esist, non valid, non e valid, invalid, non trovat, non e stato trovat, non e stata trovat, impossibile trovare, non riconosciut, errat, non presente"
                            + ", nessun *, non risulta",
                    "disabilitat, disattivat, chius, cessat, cancellat, eliminat, inattiv, scadut, non piu, rimoss, dismess"),
            // Romanian
            words(
                    "utilizator, destinatar, adresa, casuta, cutia, cont$, contul$, contului$, mailbox",
                    "necunoscut, inexistent, nu exista, nu a fost gasit, nu a putut fi gasit, nu s-a gasit, nu poate fi gasit, invalid, nevalid, nu este valid, incorect, niciun *",
                    "dezactivat, inchis, sters, stearsa, anulat, inactiv, nu mai exista, desfiintat, expirat"),
            // Dutch
            words(
                    "gebruiker, ontvanger, geadresseerde, adres, e-mailadres, emailadres, postbus, postvak, mailbox, account, brievenbus",
                    "onbekend, bestaat niet, bestaat hier niet, niet gevonden, ongeldig, niet bekend, niet geldig, niet vinden, onbestaand, niet bestaand, geen *, onjuist, niet geregistreerd",
                    "gedeactiveerd, uitgeschakeld, opgeheven, verwijderd, gesloten, bestaat niet meer, inactief, niet meer, beeindigd, vervallen"),
            // Swedish
            words(
                    "mottagar, användar, adress, brevlåda, postlåda, postlådan, konto, e-postadress, mailadress, inkorg",
                    "okänd, okänt, finns inte, finns ej, existerar inte, existerar ej, hittades inte, hittades ej, kunde inte hittas, hittar inte, gick inte att hitta, ogiltig"
                            + ", inte giltig, saknas, felaktig, ingen *, inget *, inte känd, obefintlig",
                    "avslutad, avslutat, inaktivera, borttag, raderad, raderat, stängd, stängt, inte längre, upphört"),
            // Danish and Norwegian
            words(
                    "modtager, mottaker, bruger, bruker, adresse, postkasse, postboks, konto, e-mailadresse, e-postadresse, mailbox, mailadresse, innboks, indbakke",
                    "ukendt, ukjent, findes ikke, finnes ikke, eksisterer ikke, blev ikke fundet, ble ikke funnet, kunne ikke findes, kunne ikke finnes, ikke fundet, ikke funnet"
                            + ", ugyldig, ikke gyldig, kendes ikke, ikke kendt, ikke kjent, finder ikke, finner ikke, ingen *, ikkeeksisterende, fantes ikke",
                    "deaktiver, lukket, stengt, slettet, nedlagt, nedlagd, ophørt, opphørt, avsluttet, afsluttet, ikke længere, ikke lenger, inaktiv, fjernet"),
            // Icelandic
            words(
                    "notand, viðtakand, netfang, pósthólf, reikning",
                    "óþekkt, er ekki til, fannst ekki, finnst ekki, ógild, ekki gil",
                    "lokað, eytt, óvirk"),
            // Finnish, Estonian
            words(
                    "vastaanottaj, käyttäj, osoite, osoitet, postilaatik, sähköposti, tili, tiliä, saaja, kasutaja, aadress, postkast, konto, adressaat",
                    "tuntematon, ei ole olemassa, ei löydy, ei löytynyt, virheelli, ei kelpaa, ei tunneta, ei ole voimassa, olematon, tundmatu, ei leitud, ei eksisteeri"
                            + ", ei ole olemas, kehtetu, puudub, ei leia, vigane",
                    "poistettu, suljettu, ei ole enää, ei ole käytössä, lakkautettu, kustutatud, suletud, enam ei"),
            // Latvian, Lithuanian
            words(
                    "lietotaj, sanemej, adres, pastkast, konts$, konta$, vartotoj, gavej, dezut, paskyr, adresat",
                    "nav atrast, neeksiste, nezinam, nederig, nepareiz, neegzistuoja, nezinom, nerast, nera tok *, netinkam, neteising, neatrasts",
                    "slegt, dzest, deaktiv, istrint, uzdaryt, panaikint"),
            // Polish
            words(
                    "uzytkownik, odbiorc, adresat, adres, skrzynk, konto, konta, mailbox",
                    "nieznan, nie istnieje, nie znaleziono, nie zostal znaleziony, nie zostala znaleziona, nie zostalo znalezione, nie odnaleziono, nieprawidlow, niepoprawn, bledn, brak *"
                            + ", nie ma tak, nie figuruje, nieistniejac, nie mozna znalezc, niewazn, nie jest znany",
                    "wylaczon, usuniet, zamkniet, nieaktywn, skasowan, wygasl, dezaktywowan, zlikwidowan, juz nie"),
            // Czech and Slovak
            words(
                    "uzivatel, prijem, adresat, adres, schrank, ucet, pouzivatel, konto, mailbox",
                    "neznam, neexist, nenalezen, nebyl nalezen, nebyla nalezena, nebylo nalezeno, nelze najit, neplatn, neni znam, takovy uzivatel, nenajden, nebol najden, nebola najdena"
                            + ", sa nenasiel, sa nenasla, sa nenaslo, nie je znam, nespravn, nenasel, chybn, nie je platn, neni platn, zadny *",
                    "zrusen, deaktiv, smazan, neaktivn, uzavren, vymazan, uz neexist, jiz neexist, ukoncen, odstranen"),
            // Slovene, Croatian, Bosnian, Serbian in Latin letters
            words(
                    "uporabnik, prejemnik, naslov, nabiralnik, predal, racun, korisnik, primatelj, primalac, primaoc, adres, sanduc, pretinac, nalog, kutij",
                    "neznan, ne obstaja, ni najden, ni bil najden, ni bilo mogoce najti, ni mogoce najti, neveljav, nepoznat, ne postoji, nije pronaden, nije pronađen, nije naden, nije nađen"
                            + ", neispravn, nevazec, nepostojec, neobstojec, ne obstoja, nevaljan, ni veljav, nema tog, nema takv",
                    "izbrisan, onemogocen, ukinjen, zaprt, ugasen, deaktivir, obrisan, onemogucen, zatvoren, ukinut, vec ne, vise ne"),
            // Serbian, Macedonian and Bulgarian in Cyrillic letters
            words(
                    "корисник, прималац, примаоц, адрес, сандуче, налог, примач, потребител, получател, кутия, пощенск, акаунт",
                    "непознат, неизвест, не постои, не постоји, није пронађен, није нађен, не е пронајден, не съществува, не е намерен, не бе намерен, невалид, няма такъв, неважеч"
                            + ", несъществуващ, не може да бъде намерен, грешен",
                    "деактивир, изтрит, закрит, обрисан, угашен, избришан, затворен"),
            // Russian
            words(
                    "пользовател, получател, адрес, ящик, ящика, учетная запись, учетной записи, абонент, аккаунт, почтов",
                    "неизвест, не существует, не найден, несуществующ, нет такого, нет такой, такого нет, не зарегистрирован, неверн, недействител, отсутствует, не обнаружен, некорректн, неправильн"
                            + ", не существуют, не значится, нет в",
                    "отключен, удален, закрыт, деактивирован, неактив, больше не, ликвидирован"),
            // Ukrainian and Belarusian
            words(
                    "користувач, одержувач, отримувач, адрес, скриньк, обліковий запис, облікового запису, карыстальнік, атрымальнік, атрымальника, скрын",
                    "невідом, не існує, не знайдено, не знайден, немає такого, такого немає, недійсн, неправильн, відсутн, не існуе, не знойдзен, невядом, неіснуюч",
                    "видален, вимкнен, деактивован, закрит, більше не, выдален"),
            // Hungarian
            words(
                    "felhasznal, cimzett, cim$, cime$, cimet$, emailcim, postafiok, fiok, postalad, e-mail, email",
                    "ismeretlen, nem letez, nem talal, nincs ilyen, ervenytelen, nem ismert, hibas, nem ervenyes, nem szerepel",
                    "megszun, torol, letilt, inaktiv, lezar, megszuntet, mar nem"),
            // Turkish, Azerbaijani
            words(
                    "kullanici, alici, posta kutu, posta adres, adres, hesab, hesap, eposta, istifadeci, istifadəçi, e-posta",
                    "bilinmiyor, bilinmeyen, bulunamadi, bulunamiyor, bulunmamakta, bulunmuyor, mevcut degil, yok, gecersiz, taninmiyor, kayitli degil, tanimsiz, tanimli degil, hatali, bulunmadi"
                            + ", böyle bir, boyle bir, mövcud deyil, tapilmadi",
                    "devre disi, kapatil, silin, pasif, iptal edil, artik kullanil, kapali"),
            // Greek
            words(
                    "χρήστη, παραλήπτη, διεύθυνσ, γραμματοκιβώτι, λογαριασμ, θυρίδα",
                    "άγνωστ, δεν υπάρχει, δεν βρέθηκε, μη έγκυρ, ανύπαρκτ, δεν είναι έγκυρ, δεν αναγνωρίζ, δεν εντοπίστηκε",
                    "απενεργοποι, διαγραφ, κλειστ, έκλεισε, δεν υπάρχει πλέον, καταργ"),
            // Vietnamese, Indonesian and Malay
            words(
                    "người dùng, người nhận, địa chỉ, hộp thư, tài khoản, pengguna, penerima, alamat, kotak surat, kotak pesan, akun, akaun, peti mel",
                    "không tồn tại, không tìm thấy, không hợp lệ, không xác định, không có, tidak ditemukan, tidak dikenal, tidak ada, tidak valid, tidak sah, tidak dijumpai, tidak wujud"
                            + ", tidak terdaftar, tak dikenal",
                    "đã bị xóa, đã đóng, vô hiệu hóa, dinonaktifkan, dihapus, ditutup, tidak aktif, nonaktif, dinyahaktifkan"));

    /** Languages that write without spaces or put other letters around a word than we could list. */
    private static final List<Language> WITHOUT_SPACES = List.of(
            // Japanese
            letters(
                    "ユーザ, 宛先, あて先, 受信者, 受取人, アドレス, メールボックス, アカウント, 送信先, 名宛人, 相手先, 利用者, 会員",
                    "存在しません, 存在しない, 存在していません, 見つかりません, 見つからない, 見つけられません, 見つかりませんでした, 不明, 無効, ありません, 登録されていません, 登録がありません, 該当する"
                            + ", 正しくありません, 実在しません, いません, 間違って, 誤って",
                    "削除, 解約, 閉鎖, 廃止, 退会, 使われておりません, 使われていません, 使用されていません, 利用されていません"),
            // Chinese
            letters(
                    "用户, 用戶, 收件人, 收件者, 邮箱, 郵箱, 信箱, 地址, 账号, 帐号, 帳號, 账户, 帐户, 帳戶, 使用者, 收信人, 收信者, 邮件帐, 電郵",
                    "不存在, 未找到, 找不到, 未知, 无效, 無效, 没有找到, 沒有找到, 没有此, 沒有此, 无此, 無此, 查无, 查無, 未注册, 未註冊, 不正确, 不正確, 有误, 有誤, 没有这个, 沒有這個, 不明"
                            + ", 非法收件",
                    "已停用, 被禁用, 已禁用, 已注销, 已註銷, 已关闭, 已關閉, 已销户, 已删除, 已刪除, 被删除, 被注销, 停止使用, 已停止"),
            // Korean
            letters(
                    "사용자, 수신자, 받는 사람, 받는사람, 주소, 메일함, 편지함, 계정, 메일박스, 수신인, 회원, 아이디, 받는이, 수취인",
                    "존재하지 않, 존재하지않, 찾을 수 없, 찾을수 없, 찾을수없, 없는 , 알 수 없, 알수 없, 알수없, 유효하지 않, 없습니다, 잘못된, 잘못되, 등록되지 않, 없음, 올바르지 않, 확인되지 않"
                            + ", 미등록",
                    "휴면, 탈퇴, 해지, 삭제, 사용 중지된, 사용중지된, 비활성, 폐쇄, 말소"),
            // Thai
            letters(
                    "ผู้ใช้, ผู้รับ, ที่อยู่, กล่องจดหมาย, บัญชี, อีเมล",
                    "ไม่พบ, ไม่มี, ไม่รู้จัก, ไม่ถูกต้อง, ไม่ปรากฏ, หาไม่พบ, ไม่มีอยู่",
                    "ถูกลบ, ถูกปิด, ปิดใช้งาน, เลิกใช้"),
            // Arabic and Persian
            letters(
                    "المستخدم, مستخدم, المستلم, المستقبل, العنوان, عنوان, صندوق, حساب, المرسل إليه, المتلقي, البريد, کاربر, گیرنده, آدرس, نشانی",
                    "غير موجود, غير معروف, لا يوجد, غير صالح, لم يتم العثور, غير صحيح, ليس موجود, مجهول, غير مسجل, تعذر العثور, وجود ندارد, یافت نشد, پیدا نشد, نامعتبر, ناشناخته, ناشناس",
                    "معطل, محذوف, مغلق, تم حذف, تم إغلاق, حذف شده, غیرفعال, بسته شده"),
            // Hebrew
            letters(
                    "משתמש, נמען, הנמען, כתובת, תיבה, תיבת, חשבון, המשתמש, הכתובת",
                    "לא קיים, לא קיימת, לא נמצא, אינו קיים, אינה קיימת, לא ידוע, לא מוכר, שגוי, אין משתמש, לא חוקי, לא תקינ, אינו מוכר",
                    "נמחק, נסגר, מושבת, בוטל, לא פעיל"),
            // Hindi
            letters(
                    "प्राप्तकर्ता, उपयोगकर्ता, पता, मेलबॉक्स, खाता",
                    "नहीं मिला, मौजूद नहीं, अज्ञात, अमान्य, नहीं है",
                    "बंद कर, हटा दिया, निष्क्रिय"));

    /** Every state of absence in every one of the languages. */
    static final String ABSENT = Stream.concat(LANGUAGES.stream(), WITHOUT_SPACES.stream())
            .flatMap(language -> language.states().stream())
            .filter(state -> state.length() > 4 || state.codePointAt(0) > LAST_ALPHABET)
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?:", ")"));

    private AbsenceByLanguage() {}

    /** Whether it says that nobody of that name is there. */
    static boolean ofUser(Words words) {
        return Stream.concat(LANGUAGES.stream(), WITHOUT_SPACES.stream())
                .anyMatch(l -> words.say(l.states()) && words.match(l.absent()));
    }

    /** Whether it says that the mailbox was closed. */
    static boolean ofOpenMailbox(Words words) {
        return Stream.concat(LANGUAGES.stream(), WITHOUT_SPACES.stream())
                .anyMatch(l -> words.say(l.closings()) && words.match(l.closed()));
    }

    private static Language words(String nouns, String absent, String closed) {
        return new Language(listed(absent), spaced(nouns, absent), listed(closed), spaced(nouns, closed));
    }

    private static Pattern spaced(String nouns, String states) {
        String noun = alternatives(nouns) + "\\p{L}{0,8}";
        String word = "(?![dl]?'?(?:" + SENDER + "|ip\\b))[\\p{L}\\p{N}'-]{1,25}";
        String either = Arrays.stream(states.split(", "))
                .filter(state -> !state.endsWith(ONLY_BEFORE))
                .collect(Collectors.joining(", "));
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + HERS + "(?:e-?mail-?|mail-?)?" + noun
                + "(?:[^\\p{L}\\p{N}]{1,6}" + word + "){0,5}[^\\p{L}\\p{N}]{1,6}" + alternatives(either)
                + "|(?<![\\p{L}\\p{N}])" + alternatives(states)
                + "\\p{L}{0,8}(?:[^\\p{L}\\p{N}.;,!]{1,3}" + word
                + "){0,3}[^\\p{L}\\p{N}.;,!]{1,3}(?:e-?mail-?|mail-?)?" + noun);
    }

    private static Language letters(String nouns, String absent, String closed) {
        return new Language(listed(absent), unspaced(nouns, absent), listed(closed), unspaced(nouns, closed));
    }

    private static Pattern unspaced(String nouns, String states) {
        String noun = "(?<!(?:" + SENDER + ").{0,4})" + alternatives(nouns);
        return Pattern.compile(noun + "(?:(?!" + SENDER + ")[^.。!！;；]){0,18}" + alternatives(states) + "|"
                + alternatives(states) + "[^.。!！;；,，]{0,8}" + alternatives(nouns));
    }

    private static List<String> listed(String words) {
        return Arrays.stream(words.split(", "))
                .map(word -> word.replace(ONLY_BEFORE, "").replace(WHOLE, ""))
                .flatMap(word -> spellings(word).stream())
                .toList();
    }

    private static String alternatives(String words) {
        return Arrays.stream(words.split(", "))
                .flatMap(word -> spellings(word.replace(ONLY_BEFORE, "").replace(WHOLE, "")).stream()
                        .map(spelling -> Pattern.quote(spelling) + (word.endsWith(WHOLE) ? "(?!\\p{L})" : "")))
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    /** Without accents; and where there are umlauts, with two letters for one. */
    static List<String> spellings(String word) {
        List<String> spellings = new ArrayList<>();
        spellings.add(Words.fold(word));
        String lower = word.toLowerCase(Locale.ROOT);
        String twoLetters = Words.fold(lower.replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("å", "aa")
                .replace("ø", "oe")
                .replace("æ", "ae"));
        Optional.of(twoLetters).filter(other -> !spellings.contains(other)).ifPresent(spellings::add);
        return spellings;
    }
}
