package org.tidings.mail.internal.replies;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply or a report to be judged, by what the server itself said in it: its words from the reply code on, and the first sentence of
 * them; and the whole of it, with what reports add.
 */
final class Said {
    /** Replies are shorter. */
    private static final int CHARS_AT_MOST = 3_000;

    /** Where the server's words end: what it was told when, a blank line. */
    private static final Pattern END = Pattern.compile(
            "\\(in reply to|\\(in response to|\\R[ \\t>]*\\R|(?i)\\bgiving up on\\b|\\R[ \\t]*(?:--|==|__)");
    /** The next sentence begins with a capital; codes of further lines do not end one. */
    private static final Pattern SENTENCE_END = Pattern.compile(
            "(?<!\\.)[.!?。！][\"')\\]>]{0,2}\\s{1,6}(?=[\\p{Lu}\\p{Lo}\"(<*])|[。！]|\\R(?=[\\p{Lu}*_\\[(-])");

    private static final Pattern MORE_LINES =
            Pattern.compile("\\R[ \\t]{0,8}(?:[45]\\d\\d[- ](?:#?[45]\\.\\d{1,3}\\.\\d{1,3}[ :]?)?)");

    private final Words whole;
    private final Words spoken;
    private final Words sentence;
    private final Words marked;
    private final Words markedSentence;
    private final boolean coded;

    private Said(Words whole, Words spoken, Words sentence, Words marked, Words markedSentence, boolean coded) {
        this.whole = whole;
        this.spoken = spoken;
        this.sentence = sentence;
        this.marked = marked;
        this.markedSentence = markedSentence;
        this.coded = coded;
    }

    /** What a server answered to us. */
    static Said live(String text, Parties parties) {
        return of(text, text, parties, true);
    }

    /** What a report says that another one answered. */
    static Said reported(String text, Parties parties) {
        int at = ReplyClassifier.indexOfBasicCode(text);
        if (at < 0) {
            at = EnhancedStatus.indexOfFirstIn(text);
        }
        return of(text, at < 0 ? text : text.substring(at), parties, at >= 0);
    }

    private static Said of(String text, String from, Parties parties, boolean coded) {
        String begin = from.length() > CHARS_AT_MOST ? from.substring(0, CHARS_AT_MOST) : from;
        Matcher end = END.matcher(begin);
        String spoken = end.find() && end.start() > 8 ? begin.substring(0, end.start()) : begin;
        String lines = MORE_LINES.matcher(spoken).replaceAll(" ");
        Matcher full = SENTENCE_END.matcher(lines);
        String sentence = full.find() ? lines.substring(0, full.start()) : lines;
        return new Said(
                Words.of(text),
                Words.of(spoken),
                Words.of(sentence),
                Words.of(parties.marked(spoken)),
                Words.of(parties.marked(sentence)),
                coded);
    }

    /** The same with one sentence of it alone. */
    Said only(Words one) {
        return new Said(one, one, one, markedSentence, markedSentence, coded);
    }

    Words whole() {
        return whole;
    }

    /** From the code on, to where somebody else speaks. */
    Words spoken() {
        return spoken;
    }

    Words sentence() {
        return sentence;
    }

    /** What was spoken, with words in place of the parties' names. */
    Words marked() {
        return marked;
    }

    /** The first sentence alone, so marked. */
    Words markedSentence() {
        return markedSentence;
    }

    /** Whether there is a reply code that the sentence begins with. */
    boolean isBesideTheCode() {
        return coded;
    }

    boolean say(List<String> phrases) {
        return whole.say(phrases);
    }

    boolean mention(List<String> phrases) {
        return whole.mention(phrases);
    }
}
