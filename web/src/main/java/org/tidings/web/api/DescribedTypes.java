package org.tidings.web.api;

import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/** What the records of the JSON API look like, each under its name; read from the records themselves, so that it cannot say anything else. */
final class DescribedTypes {

    private static final String JSON = "Json";

    private final Map<String, Schema> named = new TreeMap<>();
    private final Map<String, Type> names = new LinkedHashMap<>();

    Map<String, Schema> named() {
        return named;
    }

    Schema of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> plain)) {
            return OASFactory.createSchema();
        }
        if (plain.isRecord()) {
            return reference(plain, nameOf(plain), () -> record(plain, null));
        }
        if (plain.isEnum()) {
            Schema schema = typed(SchemaType.STRING, "");
            Arrays.stream(plain.getEnumConstants()).forEach(constant -> schema.addEnumeration(constant.toString()));
            return schema;
        }
        return ofSimple(plain);
    }

    private static Schema ofSimple(Class<?> plain) {
        if (plain == String.class || plain == InputStream.class) {
            return typed(SchemaType.STRING, "");
        } else if (plain == UUID.class) {
            return typed(SchemaType.STRING, "uuid");
        } else if (plain == OffsetDateTime.class) {
            return typed(SchemaType.STRING, "date-time");
        } else if (plain == boolean.class || plain == Boolean.class) {
            return typed(SchemaType.BOOLEAN, "");
        } else if (plain == int.class || plain == Integer.class) {
            return typed(SchemaType.INTEGER, "int32");
        } else if (plain == long.class || plain == Long.class) {
            return typed(SchemaType.INTEGER, "int64");
        } else if (plain == double.class || plain == Double.class) {
            return typed(SchemaType.NUMBER, "double");
        }
        return OASFactory.createSchema();
    }

    private Schema ofGeneric(ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return typed(SchemaType.ARRAY, "").items(of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            Schema map = typed(SchemaType.OBJECT, "");
            return arguments[1] == Object.class ? map : map.additionalPropertiesSchema(of(arguments[1]));
        }
        // A slice of something is named after what it is of.
        String name = nameOf((Class<?>) arguments[0]).replace(JSON, "") + raw.getSimpleName();
        return reference(generic, name, () -> record(raw, arguments[0]));
    }

    /** Two resources may call theirs alike: then the second's name begins with what it is about. */
    private String nameOf(Class<?> record) {
        String simple = record.getSimpleName();
        Class<?> around = record.getEnclosingClass();
        Type known = names.get(simple);
        return known == null || known.equals(record) || around == null
                ? simple
                : around.getSimpleName().replace("Api", "") + simple;
    }

    private interface Making {
        Schema make();
    }

    private Schema reference(Type type, String name, Making making) {
        Type known = names.putIfAbsent(name, type);
        if (known == null) {
            named.put(name, making.make());
        } else if (!known.equals(type)) {
            throw new IllegalStateException("two types of the JSON API are called " + name);
        }
        return OASFactory.createSchema().ref(name);
    }

    /** @param argument what its one type variable stands for */
    private Schema record(Class<?> record, @Nullable Type argument) {
        Schema schema = typed(SchemaType.OBJECT, "");
        for (RecordComponent component : record.getRecordComponents()) {
            schema.addProperty(component.getName(), of(resolved(component.getGenericType(), argument)));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.addRequired(component.getName());
            }
        }
        return schema;
    }

    private static Type resolved(Type type, @Nullable Type argument) {
        if (argument == null || !(type instanceof ParameterizedType generic)) {
            return type;
        }
        boolean open = Arrays.stream(generic.getActualTypeArguments())
                .anyMatch(java.lang.reflect.TypeVariable.class::isInstance);
        return open ? new ListOf(argument) : type;
    }

    /** A list of what a type variable stood for. */
    private record ListOf(Type of) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {of};
        }

        @Override
        public Type getRawType() {
            return java.util.List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    private static Schema typed(SchemaType type, String format) {
        Schema schema = OASFactory.createSchema().addType(type);
        if (!format.isEmpty()) {
            schema.setFormat(format);
        }
        return schema;
    }
}
