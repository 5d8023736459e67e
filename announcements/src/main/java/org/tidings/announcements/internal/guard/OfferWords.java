package org.tidings.announcements.internal.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an offer sounds like in one language, and what an honest notice sounds like: cues with a weight, in the file {@code
 * guard/xx.cues}. A cue is a regular expression over {@linkplain Folded folded} text between word boundaries; a line that begins with
 * {@code =} names a part that others use as {@code <name>}.
 */
final class OfferWords {

    /** What a cue says. */
    enum Kind {
        /** Something is there that one could have: a product, a plan, something new. */
        OFFER,
        /** The reader shall do something for it: buy, book, upgrade, try, recommend. */
        INVITE,
        /** She gains by it: free, cheaper, more, a prize. */
        BENEFIT,
        URGENCY,
        PRICE,
        PRAISE,
        /** A question that wakes a wish. */
        ASK,
        /** Asks for a consent that was not there. */
        CONSENT,
        /** A report, a failure, a law, an instruction to repeat something. */
        HONEST
    }

    /** One cue in one sentence. */
    record Heard(Kind kind, int weight, int start, int end) {}

    private record Cue(Kind kind, int weight, Pattern pattern) {}

    private final List<Cue> cues;

    private OfferWords(List<Cue> cues) {
        this.cues = cues;
    }

    static OfferWords in(String language) {
        String name = "/org/tidings/announcements/guard/" + language + ".cues";
        try (InputStream in = OfferWords.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the module: " + name);
            }
            return new OfferWords(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Cue> read(String file) {
        List<Cue> cues = new ArrayList<>();
        Map<String, String> parts = new HashMap<>();
        Kind kind = Kind.OFFER;
        for (String line : file.lines().toList()) {
            if (line.startsWith("[")) {
                kind = Kind.valueOf(line.substring(1, line.indexOf(']')).toUpperCase(Locale.ROOT));
            } else if (line.startsWith("= ")) {
                String[] named = line.substring(2).split(" ", 2);
                parts.put(named[0], named[1]);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] weighed = line.split(" ", 2);
                cues.add(new Cue(kind, Integer.parseInt(weighed[0]), pattern(weighed[1], parts)));
            }
        }
        return List.copyOf(cues);
    }

    private static Pattern pattern(String written, Map<String, String> parts) {
        String full = written;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            full = full.replace("<" + part.getKey() + ">", part.getValue());
        }
        for (Map.Entry<String, String> umlaut :
                Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").entrySet()) {
            full = full.replace(umlaut.getKey(), umlaut.getValue());
        }
        return Pattern.compile("(?<![a-z0-9])(?:" + full + ")(?![a-z])");
    }

    /** The heaviest cue of each line that is there. */
    List<Heard> heardIn(String sentence) {
        List<Heard> heard = new ArrayList<>();
        for (Cue cue : cues) {
            Matcher matcher = cue.pattern().matcher(sentence);
            if (matcher.find() && matcher.end() > matcher.start()) {
                heard.add(new Heard(cue.kind(), cue.weight(), matcher.start(), matcher.end()));
            }
        }
        return heard;
    }

    /** Of every kind its heaviest. */
    static Map<Kind, Heard> heaviest(List<Heard> heard) {
        Map<Kind, Heard> heaviest = new EnumMap<>(Kind.class);
        for (Heard one : heard) {
            heaviest.merge(one.kind(), one, (a, b) -> b.weight() > a.weight() ? b : a);
        }
        return heaviest;
    }
}
