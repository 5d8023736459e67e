package org.tidings.announcements.internal.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidings.announcements.Finding.Rule;
import org.tidings.announcements.internal.guard.OfferWords.Heard;
import org.tidings.announcements.internal.guard.OfferWords.Kind;
import org.tidings.site.Languages;

/**
 * How much a sentence is an offer: the heaviest cue of each kind added up, less what makes it honest. A word alone decides nothing;
 * "free", "try" or "20 %" need a product, an invitation or a benefit beside them, and a failure or a law takes away from it. What no
 * cue tells, its {@link Tone} may.
 */
final class OfferScore {

    private static final int ENOUGH = 8;
    private static final double TONE_OF_AN_ADVERT = 0.25;
    /** A policy speaks of what is offered because it has to. */
    private static final double TONE_OF_AN_ADVERT_IN_A_POLICY = 0.9;
    /** So many points against it outweigh a tone. */
    private static final int PLAINLY_HONEST = -8;

    private static final int MOST_HONEST = 14;
    private static final int SECOND_CUE = 2;
    private static final int NOTHING_HONEST = 3;
    /** A disguise has to tell that much more than the text as it stands: not every "v2" hides a word. */
    private static final int WORTH_A_DISGUISE = 3;

    private final Tone tone;
    /** With some that the site does not speak: a foreign advert shall not pass because it is foreign. */
    private final List<OfferWords> languages = Stream.concat(
                    Languages.ALL.stream().map(Locale::getLanguage), Stream.of("es", "it", "sl"))
            .map(OfferWords::in)
            .toList();

    /** The one that learned from the whole collection; made when it is first asked, so that no start waits for it. */
    static OfferScore learned() {
        return Learned.SCORE;
    }

    private static final class Learned {
        private static final OfferScore SCORE = new OfferScore(Tone.learned());
    }

    OfferScore(Tone tone) {
        this.tone = tone;
    }

    /**
     * What was found in a sentence.
     *
     * @param start of the passage that says it most plainly, in the sentence as it was written
     */
    record Score(boolean offers, int points, Rule rule, int start, int end) {}

    /** @param policy whether it is the text of a policy, where only what sounds very much like an advert counts */
    Score of(String sentence, boolean policy) {
        Folded plain = Folded.of(sentence);
        Score best = byCues(plain);
        Folded closed = plain.closedUp();
        for (Folded other : List.of(closed, plain.unmasked(), closed.unmasked())) {
            if (!other.text.equals(plain.text)) {
                Score score = byCues(other);
                if (score.offers() && score.points() > best.points() + WORTH_A_DISGUISE) {
                    best = new Score(true, score.points(), Rule.DISGUISED_WORD, score.start(), score.end());
                }
            }
        }
        return best.offers() ? best : byTone(plain, best, policy ? TONE_OF_AN_ADVERT_IN_A_POLICY : TONE_OF_AN_ADVERT);
    }

    private Score byTone(Folded plain, Score byCues, double least) {
        Optional<Tone.Heard> heard = tone.of(plain.text);
        if (byCues.points() < PLAINLY_HONEST || heard.map(Tone.Heard::value).orElse(0.0) <= least) {
            return byCues;
        }
        return new Score(
                true,
                byCues.points(),
                Rule.TONE,
                plain.origin(heard.get().start()),
                plain.origin(heard.get().end()));
    }

    private Score byCues(Folded folded) {
        List<List<Heard>> heard = new ArrayList<>();
        int honest = 0;
        for (OfferWords words : languages) {
            List<Heard> cues = words.heardIn(folded.text);
            heard.add(cues);
            honest = Math.max(honest, honest(cues));
        }
        Score best = new Score(false, -honest, Rule.OFFER, 0, 0);
        for (List<Heard> cues : heard) {
            Score score = of(folded, cues, honest);
            if (score.points() > best.points()) {
                best = score;
            }
        }
        return best;
    }

    private static int honest(List<Heard> cues) {
        int sum = cues.stream()
                .filter(cue -> cue.kind() == Kind.HONEST)
                .mapToInt(Heard::weight)
                .sum();
        return Math.min(MOST_HONEST, sum);
    }

    private static Score of(Folded folded, List<Heard> cues, int honest) {
        Map<Kind, Heard> heaviest = OfferWords.heaviest(cues);
        heaviest.remove(Kind.HONEST);
        int points = heaviest.values().stream().mapToInt(Heard::weight).sum();
        long more = cues.stream()
                        .filter(cue -> cue.kind() != Kind.HONEST && cue.weight() >= SECOND_CUE * 2)
                        .count()
                - heaviest.size();
        points += more > 0 ? SECOND_CUE * (int) more : 0;
        points += honest == 0 && points > 0 ? NOTHING_HONEST : 0;
        Heard top = heaviest.values().stream()
                .reduce((a, b) -> b.weight() > a.weight() ? b : a)
                .orElse(new Heard(Kind.OFFER, 0, 0, 0));
        return new Score(
                points - honest >= ENOUGH,
                points - honest,
                rule(top.kind()),
                folded.origin(top.start()),
                folded.origin(top.end()));
    }

    private static Rule rule(Kind kind) {
        return switch (kind) {
            case OFFER, HONEST -> Rule.OFFER;
            case INVITE -> Rule.INVITATION;
            case BENEFIT -> Rule.BENEFIT;
            case URGENCY -> Rule.URGENCY;
            case PRICE -> Rule.PRICE;
            case PRAISE -> Rule.PRAISE;
            case ASK -> Rule.QUESTION;
            case CONSENT -> Rule.CONSENT_REQUEST;
        };
    }
}
