package org.tidings.site;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * The languages in which the people who work here read and write: announcements, policies, answers. Fewer than the product speaks, as a
 * rule: nobody shall have to write a third text in the middle of the night. English is always among them; it is what everybody gets
 * whose language was not written.
 *
 * @param all each one of {@link Languages#ALL}, the first one first
 */
public record WrittenLanguages(List<Locale> all) {

    private static final String USUAL = "en, de";
    private static final ConfigurationKey KEY = new ConfigurationKey(
            "tidings.site.languages",
            USUAL,
            "Languages in which announcements and policies are written, divided by commas, of those that Tidings speaks: en, de, fr."
                    + " English is always one. Pages and mails of Tidings itself are there in all of them.",
            false,
            Expected.listOf(Expected.oneOf(
                    Languages.ALL.stream().map(Locale::getLanguage).toArray(String[]::new))));

    /** What is configured of them. */
    public static final ConfigurationKey.Keys KEYS = new ConfigurationKey.Keys(List.of(KEY));

    public WrittenLanguages {
        all = List.copyOf(all);
    }

    public static WrittenLanguages of(Config config) {
        return of(config.getOptionalValue(KEY.name(), String.class).orElse(USUAL));
    }

    /** @param codes divided by commas; one that is not spoken is refused at the start, and left out here */
    static WrittenLanguages of(String codes) {
        List<String> named =
                Arrays.stream(codes.split(",", -1)).map(String::strip).toList();
        return new WrittenLanguages(Languages.ALL.stream()
                .filter(language -> language.equals(Languages.FALLBACK) || named.contains(language.getLanguage()))
                .toList());
    }

    /** With those in which something is there already: what was written once can be changed. */
    public List<Locale> with(Set<Locale> there) {
        Set<Locale> shown = new LinkedHashSet<>(all);
        shown.addAll(there);
        return Languages.ALL.stream().filter(shown::contains).toList();
    }

    /** Divided by commas, as RFC 9116 writes them. */
    public String codes() {
        return String.join(", ", all.stream().map(Locale::getLanguage).toList());
    }
}
