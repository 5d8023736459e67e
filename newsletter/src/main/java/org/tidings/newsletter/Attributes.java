package org.tidings.newsletter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tidings.accounts.AccountId;

/** What a site wants to know of its readers, each with what it is for, and what is known of them. */
public interface Attributes {

    /** How columns of the export begin that hold an attribute: {@code attribute:city}. An import reads them back. */
    String COLUMN = "attribute:";

    /** All that are defined, in their order. */
    List<AttributeView> all();

    Optional<AttributeView> find(AttributeId attribute);

    Optional<AttributeView> findByKey(String key);

    /** @throws AttributeDetailsRejected naming the fields */
    AttributeId define(AttributeDetails details, AccountId by);

    /**
     * Changes all but key and type.
     *
     * @param version of the view that was changed
     * @throws AttributeDetailsRejected naming the fields
     * @throws AttributeUnknown if there is none
     * @throws ChangedMeanwhile if the version is not the present one
     */
    void change(AttributeId attribute, AttributeDetails details, long version, AccountId by);

    /** Removes it with everything that is known by it. @throws AttributeUnknown if there is none */
    void remove(AttributeId attribute, AccountId by);

    /** Of how many readers it is known. */
    long known(AttributeId attribute);

    // Of readers

    /** What is known about one reader, in the order of the definitions. */
    List<AttributeValue> of(SubscriberId reader);

    /** Values by key, of several readers; by the reader's id. */
    Map<UUID, Map<String, String>> of(Collection<UUID> readers);

    /**
     * Keeps what was said about one reader.
     *
     * @param typed by key, as it was typed; blank forgets it; what is not named stays
     * @param origin who says it: refused for what that party may not change
     * @throws AttributeValuesRejected naming each that was refused; nothing is kept then
     */
    void set(SubscriberId reader, Map<String, String> typed, AttributeOrigin origin);

    /**
     * One value for one reader, of many.
     *
     * @param value as {@link AttributeView#read} gives it
     */
    record Given(UUID reader, AttributeView attribute, String value) {}

    /**
     * Completes what is empty, and changes nothing that is known.
     *
     * @return how many values were kept
     */
    long fillIn(Collection<Given> values, AttributeOrigin origin);

    /**
     * Keeps them in place of what is known, but never in place of what the person said herself.
     *
     * @return how many values were kept
     */
    long replace(Collection<Given> values, AttributeOrigin origin);

    // What forms ask for

    /** What the newsletter's forms ask for, in their order. */
    List<AttributeView> askedBy(NewsletterId newsletter);

    /** Has its forms ask for these: each must be one that readers may change. */
    void ask(NewsletterId newsletter, List<AttributeId> attributes, AccountId by);

    /** Answers that were given in the form behind a confirmation's link, and count with it; values by attribute. */
    Map<AttributeView, String> waiting(String confirmationToken);
}
