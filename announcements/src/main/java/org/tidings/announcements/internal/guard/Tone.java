package org.tidings.announcements.internal.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.site.Languages;

/**
 * Whether a sentence sounds like the adverts or like the honest notices of the collection in {@code guard/}: naive Bayes over its words
 * and pairs of words, a model a language. It hears what no list of words has: that reports say "was", "until" and "because", and
 * adverts "our", "you" and "now".
 */
final class Tone {

    static final List<String> LANGUAGES =
            Languages.ALL.stream().map(Locale::getLanguage).toList();

    private static final Pattern WORD = Pattern.compile("[a-z]+|\\d+");
    private static final double SMOOTHING = 0.7;
    private static final int SEEN_AT_LEAST = 2;
    private static final int STEM = 6;
    private static final int STEM_IN_PAIR = 5;
    private static final int FEWEST_KNOWN = 5;
    private static final int FEWEST_WORDS = 5;

    /** Logarithm of how much likelier it is in an advert, by language. */
    private final Map<String, Map<String, Double>> weights = new HashMap<>();

    /**
     * How it sounds.
     *
     * @param value above 0 like an advert, below like a notice
     * @param start of the word that sounds most like one
     */
    record Heard(double value, int start, int end) {}

    /** A word or a pair with where it stands. */
    private record Feature(String name, int start, int end) {}

    Tone(List<String> adverts, List<String> honest) {
        for (String language : LANGUAGES) {
            weights.put(language, learn(in(adverts, language), in(honest, language)));
        }
    }

    static Tone learned() {
        return new Tone(lines("adverts"), lines("honest"));
    }

    /** Lines of the collection with their language: {@code en: Please try again.} */
    static List<String> lines(String name) {
        String path = "/org/tidings/announcements/guard/" + name + ".txt";
        try (InputStream in = Tone.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not in the module: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> in(List<String> lines, String language) {
        String mark = language + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> Folded.of(line.substring(mark.length())).text)
                .toList();
    }

    private static Map<String, Double> learn(List<String> adverts, List<String> honest) {
        Map<String, Integer> inAdverts = count(adverts);
        Map<String, Integer> inHonest = count(honest);
        Map<String, Double> learned = new HashMap<>();
        Map<String, Integer> all = new HashMap<>(inAdverts);
        inHonest.forEach((feature, count) -> all.merge(feature, count, Integer::sum));
        all.forEach((feature, count) -> {
            if (count >= SEEN_AT_LEAST) {
                double advert = (inAdverts.getOrDefault(feature, 0) + SMOOTHING) / (adverts.size() + 2 * SMOOTHING);
                double notice = (inHonest.getOrDefault(feature, 0) + SMOOTHING) / (honest.size() + 2 * SMOOTHING);
                learned.put(feature, Math.log(advert / notice));
            }
        });
        return learned;
    }

    private static Map<String, Integer> count(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> features(text).keySet().forEach(feature -> counts.merge(feature, 1, Integer::sum)));
        return counts;
    }

    /** Each once: words by their stem, pairs of words, and the first word. */
    private static Map<String, Feature> features(String text) {
        Map<String, Feature> features = new HashMap<>();
        Matcher matcher = WORD.matcher(text);
        List<Feature> words = new ArrayList<>();
        while (matcher.find()) {
            String word = Character.isDigit(matcher.group().charAt(0)) ? "#" : matcher.group();
            words.add(new Feature(word, matcher.start(), matcher.end()));
        }
        for (int i = 0; i < words.size(); i++) {
            Feature word = words.get(i);
            add(features, "w:" + stem(word.name(), STEM), word.start(), word.end());
            if (i == 0) {
                add(features, "first:" + word.name(), word.start(), word.end());
            } else {
                Feature before = words.get(i - 1);
                String pair = stem(before.name(), STEM_IN_PAIR) + " " + stem(word.name(), STEM_IN_PAIR);
                add(features, "b:" + pair, before.start(), word.end());
            }
        }
        return features;
    }

    private static void add(Map<String, Feature> features, String name, int start, int end) {
        features.putIfAbsent(name, new Feature(name, start, end));
    }

    private static String stem(String word, int letters) {
        return word.length() > letters ? word.substring(0, letters) : word;
    }

    /** Empty where too few of its words are known to say. */
    Optional<Heard> of(String folded) {
        Map<String, Feature> features = features(folded);
        Optional<Heard> best = Optional.empty();
        if (WORD.matcher(folded).results().count() < FEWEST_WORDS) {
            return best;
        }
        int mostKnown = FEWEST_KNOWN - 1;
        for (String language : LANGUAGES) {
            Map<String, Double> known = weights.getOrDefault(language, Map.of());
            List<Feature> heard = features.values().stream()
                    .filter(feature -> known.containsKey(feature.name()))
                    .toList();
            if (heard.size() > mostKnown) {
                mostKnown = heard.size();
                best = Optional.of(said(heard, known, features.size()));
            }
        }
        return best;
    }

    private static Heard said(List<Feature> heard, Map<String, Double> known, int features) {
        double sum = 0;
        Feature loudest = heard.get(0);
        for (Feature feature : heard) {
            double weight = known.getOrDefault(feature.name(), 0.0);
            sum += weight;
            double most = known.getOrDefault(loudest.name(), 0.0);
            if (weight > most || (weight == most && feature.start() < loudest.start())) {
                loudest = feature;
            }
        }
        return new Heard(sum / Math.sqrt(features), loudest.start(), loudest.end());
    }
}
