package org.tidings.announcements.internal.composing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AllAccounts;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.Slot;
import org.tidings.mail.MailingContent;

/**
 * SHA-256 over exactly what will be sent: type and class, audience, schedule, the slots, and subject and body of the mail in
 * every language as they will be rendered. Every value goes in with its length, so that nothing can move from one to the next.
 */
public final class ContentDigest {

    private final MessageDigest sha256;

    private ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String of(AnnouncementContent content, Optional<PolicyVersion> policy, List<MailingContent> mails) {
        ContentDigest digest = new ContentDigest();
        digest.add("tidings announcement 1");
        digest.add(content.type().name());
        digest.add(content.type().mailKind().name());
        digest.add(AllAccounts.NAME);
        digest.add(content.prefix().name());
        digest.add(String.valueOf(content.undoMinutes()));
        digest.add(content.window().map(Object::toString).orElse(""));
        content.wordings().forEach((language, wording) -> {
            digest.add(language.getLanguage());
            for (Slot slot : Slot.values()) {
                digest.add(wording.text(slot));
            }
        });
        content.outcome().ifPresent(outcome -> digest.add(outcome.name()));
        digest.add(policy.map(version -> version.id() + " " + version.effectiveOn())
                .orElse(""));
        policy.ifPresent(version -> version.texts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Locale::getLanguage)))
                .forEach(text -> {
                    digest.add(text.getKey().getLanguage());
                    digest.add(text.getValue().markdown());
                    digest.add(text.getValue().summary());
                }));
        mails.forEach(mail -> {
            digest.add(mail.subject());
            // Records print every component, in order: the body as it will be laid out.
            digest.add(mail.body().toString());
        });
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void add(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
    }
}
