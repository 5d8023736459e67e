package org.tidings.mail.internal.returned.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a delivery or complaint report (RFC 3464 section 2.1, RFC 5965 section 3), as they are written and as they should be. */
final class StatusFields {
    private static final int BLOCKS_AT_MOST = 51;
    private static final int LINES_AT_MOST = 5_000;
    private static final int VALUE_CHARS_AT_MOST = 4_000;
    private static final int NAME_CHARS_AT_MOST = 60;

    private final List<Map<String, String>> blocks = new ArrayList<>();
    private Map<String, String> block = new TreeMap<>();
    private String last = "";

    private StatusFields() {}

    /** Blocks separated by empty lines, at least one; names in lower case, of a repeated field the first. */
    static List<Map<String, String>> of(String text) {
        StatusFields fields = new StatusFields();
        text.lines().limit(LINES_AT_MOST).forEach(fields::read);
        if (!fields.block.isEmpty() || fields.blocks.isEmpty()) {
            fields.blocks.add(fields.block);
        }
        return fields.blocks;
    }

    private void read(String line) {
        if (line.isBlank()) {
            if (!block.isEmpty()) {
                close();
            }
            last = "";
            return;
        }
        int colon = line.indexOf(':');
        boolean folded = !last.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
        boolean named = colon > 0
                && colon < NAME_CHARS_AT_MOST
                && line.substring(0, colon).strip().indexOf(' ') < 0;
        if (named && !folded) {
            begin(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1));
        } else if (!last.isEmpty()) {
            // Some fold without white space.
            block.computeIfPresent(
                    last, (name, value) -> value.length() < VALUE_CHARS_AT_MOST ? value + " " + line.strip() : value);
        }
    }

    private void begin(String name, String value) {
        // A recipient's block without an empty line in front begins with the next Final-Recipient.
        if (name.equals("final-recipient") && block.containsKey(name)) {
            close();
        }
        String stripped = value.strip();
        block.putIfAbsent(
                name, stripped.length() > VALUE_CHARS_AT_MOST ? stripped.substring(0, VALUE_CHARS_AT_MOST) : stripped);
        last = name;
    }

    private void close() {
        if (blocks.size() < BLOCKS_AT_MOST) {
            blocks.add(block);
        }
        block = new TreeMap<>();
    }
}
