package org.tidings.accounts.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets of enum constants as their names with commas, in the order of the enum: the form in which roles and scopes are stored.
 * Not an attribute converter: EclipseLink wants those public.
 */
final class Names {

    private Names() {}

    static <E extends Enum<E>> String join(Set<E> constants) {
        return constants.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    static <E extends Enum<E>> Set<E> split(Class<E> type, String names) {
        Set<E> constants = EnumSet.noneOf(type);
        Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> Enum.valueOf(type, name))
                .forEach(constants::add);
        return Collections.unmodifiableSet(constants);
    }
}
