package org.tidings.announcements;

/** The number that was typed is not the number of recipients. */
public final class CountNotConfirmed extends RuntimeException {
    public CountNotConfirmed() {
        super("the typed number is not the audience's");
    }
}
