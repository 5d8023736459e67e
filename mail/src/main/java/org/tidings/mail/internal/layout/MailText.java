package org.tidings.mail.internal.layout;

import java.util.stream.Collectors;
import org.tidings.mail.MailBody;

/** A mail as plain text: each block ends with an empty line. */
final class MailText implements MailBody.Rendering<String> {

    private static final String RULE = "________________________________________\n\n";

    /** The whole text part. */
    static String of(MailBody body, String siteName, String postalAddress) {
        MailText text = new MailText();
        StringBuilder out = new StringBuilder(2048);
        body.blocks().forEach(block -> out.append(block.in(text)).append("\n\n"));
        out.append(RULE);
        for (MailBody.FooterLine line : body.footer()) {
            out.append(line.text())
                    .append(line.url().isEmpty() ? "" : ":\n" + line.url())
                    .append("\n\n");
        }
        out.append(siteName).append("\n");
        return postalAddress.isBlank()
                ? out.toString()
                : out.append(postalAddress).append("\n").toString();
    }

    @Override
    public String heading(MailBody.Heading heading) {
        int length = Math.max(3, Math.min(60, heading.text().length()));
        return heading.text() + "\n" + "-".repeat(length);
    }

    @Override
    public String paragraph(MailBody.Paragraph paragraph) {
        return paragraph.text();
    }

    @Override
    public String note(MailBody.Note note) {
        return note.text();
    }

    @Override
    public String button(MailBody.Button button) {
        return button.label() + ":\n" + button.url();
    }

    @Override
    public String facts(MailBody.Facts facts) {
        return facts.facts().stream()
                .map(fact -> fact.label() + ": " + fact.value().replace("\n", "\n    "))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String written(MailBody.Written written) {
        return written.text().strip();
    }
}
