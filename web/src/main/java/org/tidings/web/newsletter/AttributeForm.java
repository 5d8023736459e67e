package org.tidings.web.newsletter;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidings.newsletter.AttributeChoice;
import org.tidings.newsletter.AttributeDetails;
import org.tidings.newsletter.AttributeDetailsRejected;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeType;
import org.tidings.newsletter.AttributeView;
import org.tidings.newsletter.AttributeWords;
import org.tidings.site.WrittenLanguages;
import org.tidings.web.pages.Form;

/** A definition as a form. Choices are lines: the code, and after a stroke the label in each language, in their order. */
final class AttributeForm {

    private AttributeForm() {}

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Readers say it themselves, and staff see it: what is wanted most often. */
    static Form blank() {
        return Form.empty()
                .fill("type", word(AttributeType.TEXT))
                .fill("seen", List.of(word(AttributeParty.READER), word(AttributeParty.STAFF)))
                .fill("changed", List.of(word(AttributeParty.READER)));
    }

    static Form of(AttributeView attribute, WrittenLanguages written) {
        AttributeDetails details = attribute.details();
        Form form = Form.empty()
                .fill("version", Long.toString(attribute.version()))
                .fill("seen", details.seenBy().stream().map(AttributeForm::word).toList())
                .fill(
                        "changed",
                        details.changedBy().stream().map(AttributeForm::word).toList());
        details.words()
                .forEach((language, words) -> form.fill("label-" + language.getLanguage(), words.label())
                        .fill("purpose-" + language.getLanguage(), words.purpose()));
        List<Locale> languages = written.with(details.words().keySet());
        form.fill(
                "choices",
                details.choices().stream()
                        .map(choice -> Stream.concat(
                                        Stream.of(choice.code()),
                                        languages.stream()
                                                .map(l -> choice.labels().getOrDefault(l, "")))
                                .collect(Collectors.joining(" | ")))
                        .collect(Collectors.joining("\n")));
        return form;
    }

    static AttributeDetails read(Form form, List<Locale> languages) {
        Map<Locale, AttributeWords> words = new LinkedHashMap<>();
        for (Locale language : languages) {
            String label = form.trimmed("label-" + language.getLanguage());
            String purpose = form.trimmed("purpose-" + language.getLanguage());
            if (!label.isEmpty() || !purpose.isEmpty()) {
                words.put(language, new AttributeWords(label, purpose));
            }
        }
        return new AttributeDetails(
                form.trimmed("key"),
                type(form.value("type")),
                words,
                choices(form.value("choices"), languages),
                parties(form.values("seen")),
                parties(form.values("changed")));
    }

    private static AttributeType type(String word) {
        return Stream.of(AttributeType.values())
                .filter(type -> word(type).equals(word))
                .findFirst()
                .orElse(AttributeType.TEXT);
    }

    static Set<AttributeParty> parties(List<String> words) {
        Set<AttributeParty> parties = EnumSet.noneOf(AttributeParty.class);
        Stream.of(AttributeParty.values())
                .filter(party -> words.contains(word(party)))
                .forEach(parties::add);
        return parties;
    }

    private static List<AttributeChoice> choices(String typed, List<Locale> languages) {
        List<AttributeChoice> choices = new ArrayList<>();
        for (String line : typed.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.split("\\|", -1);
            Map<Locale, String> labels = new LinkedHashMap<>();
            for (int i = 0; i < languages.size() && i + 1 < parts.length; i++) {
                if (!parts[i + 1].isBlank()) {
                    labels.put(languages.get(i), parts[i + 1].strip());
                }
            }
            // A code alone is its own label.
            labels.putIfAbsent(languages.get(0), parts[0].strip());
            choices.add(new AttributeChoice(
                    parts[0].strip().toLowerCase(Locale.ROOT).replace(' ', '-'), labels));
        }
        return choices;
    }

    static Form reject(Form form, AttributeDetailsRejected e) {
        e.fields()
                .forEach((field, reason) -> form.reject(
                        field.equals("seen-by") ? "seen" : field.replace('.', '-'),
                        "subscribers.attribute.wrong." + word(reason)));
        return form;
    }
}
