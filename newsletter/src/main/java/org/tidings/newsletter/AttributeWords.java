package org.tidings.newsletter;

/**
 * What an attribute is called, and what it is for.
 *
 * @param label 1 to 120 characters, as it stands beside a field: "Your town"
 * @param purpose 10 to 300 characters, a sentence that is shown wherever it is asked for (P1)
 */
public record AttributeWords(String label, String purpose) {}
