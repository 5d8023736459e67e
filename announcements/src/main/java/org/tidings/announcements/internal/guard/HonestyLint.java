package org.tidings.announcements.internal.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.Finding;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.Place;
import org.tidings.announcements.PolicyVersion;
import org.tidings.announcements.Slot;
import org.tidings.announcements.internal.words.PolicyMarkdown;

/**
 * Looks for promotion in everything that has to reach everybody: the slots, and the summary and text of the policy that is
 * published. A service mail that promotes anything is marketing. Sentences are scored ({@link OfferScore}), links are read as a mail
 * program would ({@link Links}). What is honest all the same, a second person confirms with a reason.
 */
public final class HonestyLint {

    private static final int MAX_LINKS = 2;
    private static final int AROUND = 240;
    private static final int KEPT = 500;

    private static final Pattern EXCLAMATION = Pattern.compile("[!¡！❗❕](?:\\s?[!¡！❗❕?])+");
    /** Signs of warning and of telephone and mail are no decoration. */
    private static final Pattern EMOJI =
            Pattern.compile("[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B50}\\x{2B55}\\x{20E3}&&[^⚠✓✔☎✉✆✗✘]]");

    private final Links links;
    private final Map<Passage, List<Finding>> read = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Passage, List<Finding>> eldest) {
            return size() > KEPT;
        }
    };

    /** A text and where it stands. */
    private record Passage(Locale language, Place place, String text) {}

    public HonestyLint(Links links) {
        this.links = links;
    }

    public List<Finding> findings(AnnouncementContent content) {
        List<Finding> findings = new ArrayList<>();
        content.wordings().forEach((language, wording) -> {
            int linkCount = 0;
            for (Slot slot : Slot.values()) {
                findings.addAll(in(new Passage(language, Place.of(slot), wording.text(slot))));
                linkCount += Links.in(wording.text(slot)).size();
            }
            if (linkCount > MAX_LINKS) {
                findings.add(new Finding(language, Place.WHAT, Rule.MANY_LINKS, String.valueOf(linkCount), ""));
            }
        });
        return distinct(findings);
    }

    /** With the policy that the content publishes: its summary, and what its text says and the version before did not. */
    public List<Finding> findings(
            AnnouncementContent content, Optional<PolicyVersion> policy, Optional<PolicyVersion> former) {
        List<Finding> findings = new ArrayList<>(findings(content));
        policy.ifPresent(version -> findings.addAll(findings(version, former)));
        return distinct(findings);
    }

    public List<Finding> findings(PolicyVersion version, Optional<PolicyVersion> former) {
        List<Finding> findings = new ArrayList<>();
        version.texts().forEach((language, text) -> {
            String before = former.flatMap(
                            old -> Optional.ofNullable(old.texts().get(language)))
                    .map(old -> PolicyMarkdown.plain(old.markdown()))
                    .orElse("");
            findings.addAll(in(new Passage(language, Place.POLICY_SUMMARY, text.summary())));
            findings.addAll(
                    in(new Passage(language, Place.POLICY_TEXT, added(before, PolicyMarkdown.plain(text.markdown())))));
        });
        return distinct(findings);
    }

    private static List<Finding> distinct(List<Finding> findings) {
        return List.copyOf(new LinkedHashSet<>(findings));
    }

    /** The sentences that are new. */
    private static String added(String before, String after) {
        Set<String> known = new LinkedHashSet<>(Sentences.in(before));
        List<String> fresh = new ArrayList<>(Sentences.in(after));
        fresh.removeAll(known);
        return String.join("\n\n", fresh);
    }

    private List<Finding> in(Passage passage) {
        if (passage.text().isBlank()) {
            return List.of();
        }
        synchronized (read) {
            List<Finding> known = read.get(passage);
            if (known != null) {
                return known;
            }
        }
        List<Finding> found = new ArrayList<>();
        addOffers(passage, found);
        addSigns(passage, found);
        addLinks(passage, found);
        List<Finding> findings = List.copyOf(found);
        synchronized (read) {
            read.put(passage, findings);
        }
        return findings;
    }

    private void addOffers(Passage passage, List<Finding> found) {
        List<String> sentences = Sentences.in(passage.text());
        for (String sentence : sentences) {
            OfferScore.Score result =
                    OfferScore.learned().of(Links.blanked(sentence), passage.place() == Place.POLICY_TEXT);
            if (result.offers()) {
                String words = sentence.substring(result.start(), result.end()).strip();
                found.add(finding(passage, result.rule(), words, sentence));
            }
        }
    }

    private static void addSigns(Passage passage, List<Finding> found) {
        Map.of(Rule.EXCLAMATION_MARK, EXCLAMATION, Rule.EMOJI, EMOJI).forEach((rule, pattern) -> {
            Matcher matcher = pattern.matcher(passage.text());
            if (matcher.find()) {
                found.add(finding(
                        passage, rule, matcher.group(), around(passage.text(), matcher.start(), matcher.end())));
            }
        });
    }

    private void addLinks(Passage passage, List<Finding> found) {
        for (String link : Links.in(passage.text())) {
            int start = Math.max(0, passage.text().indexOf(link));
            String sentence =
                    around(passage.text(), start, Math.min(passage.text().length(), start + link.length()));
            if (!links.allowed(link)) {
                found.add(finding(passage, Rule.FOREIGN_LINK, link, sentence));
            } else if (links.leadsElsewhere(link)) {
                found.add(finding(passage, Rule.REDIRECT_LINK, link, sentence));
            }
            if (Links.tracks(link)) {
                found.add(finding(passage, Rule.TRACKING_LINK, link, sentence));
            }
            if (Links.sells(link)) {
                found.add(finding(passage, Rule.SHOP_LINK, link, sentence));
            }
        }
    }

    private static Finding finding(Passage passage, Rule rule, String words, String sentence) {
        int start = Math.max(0, sentence.indexOf(words));
        String shown = around(sentence, start, Math.min(sentence.length(), start + words.length()));
        return new Finding(passage.language(), passage.place(), rule, cut(words), shown);
    }

    private static String cut(String words) {
        String flat = words.replaceAll("\\s+", " ");
        return flat.length() > AROUND
                ? flat.substring(0, flat.offsetByCodePoints(0, flat.codePointCount(0, AROUND - 1)))
                : flat;
    }

    /** The passage with a little of what stands about it, on one line. */
    private static String around(String text, int start, int end) {
        int from = start <= AROUND ? 0 : text.indexOf(' ', start - AROUND);
        int to = end + AROUND >= text.length() ? text.length() : text.lastIndexOf(' ', end + AROUND);
        return text.substring(from < 0 || from > start ? start : from, to < end ? end : to)
                .strip()
                .replaceAll("\\s+", " ");
    }

    /** Findings without a reason of at least the length; those that cannot be confirmed always. */
    public static List<Finding> open(List<Finding> findings, Map<String, String> reasons, int minimumReason) {
        return findings.stream()
                .filter(finding -> !finding.confirmable()
                        || reasons.getOrDefault(finding.key(), "").strip().length() < minimumReason)
                .toList();
    }

    public static List<Finding> unconfirmable(List<Finding> findings) {
        return findings.stream().filter(finding -> !finding.confirmable()).toList();
    }
}
