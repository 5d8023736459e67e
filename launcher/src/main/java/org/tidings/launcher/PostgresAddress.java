package org.tidings.launcher;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where the PostgreSQL is, as its driver is told and as its own programs are: these by their environment, which only this user and root
 * can read, never by arguments.
 *
 * @param url for the driver
 */
record PostgresAddress(String url, String user, String password) {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String DEFAULT_PORT = "5432";

    /** What the driver's parameters are called there. */
    private static final Map<String, String> VARIABLES = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "sslpassword", "PGSSLPASSWORD",
            "channelbinding", "PGCHANNELBINDING",
            "gssencmode", "PGGSSENCMODE",
            "user", "PGUSER",
            "password", "PGPASSWORD");

    static boolean isOne(String url) {
        return url.startsWith(PREFIX);
    }

    static PostgresAddress of(Settings settings) {
        return new PostgresAddress(
                settings.find("tidings.db.url").orElse(""),
                settings.find("tidings.db.user").orElse("tidings"),
                settings.find("tidings.db.password").orElse(""));
    }

    Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("ApplicationName", "tidings-command");
        return properties;
    }

    /** For libpq. */
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGUSER", user);
        variables.put("PGPASSWORD", password);
        variables.put("PGCONNECT_TIMEOUT", "10");
        variables.put("PGAPPNAME", "tidings-command");
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        if (question >= 0) {
            parameters(rest.substring(question + 1), variables);
        }
        String place = question >= 0 ? rest.substring(0, question) : rest;
        if (place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            hosts(slash < 0 ? place.substring(2) : place.substring(2, slash), variables);
            place = slash < 0 ? "" : place.substring(slash + 1);
        } else {
            variables.put("PGHOST", "localhost");
        }
        String database = decoded(place);
        variables.put("PGDATABASE", database.isEmpty() ? variables.getOrDefault("PGUSER", user) : database);
        return variables;
    }

    private static void hosts(String text, Map<String, String> variables) {
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            int colon = one.lastIndexOf(':');
            boolean hasPort = colon > one.lastIndexOf(']');
            String host = hasPort ? one.substring(0, colon) : one;
            hosts.add(host.isEmpty() ? "localhost" : host.replaceAll("[\\[\\]]", ""));
            ports.add(hasPort ? one.substring(colon + 1) : DEFAULT_PORT);
        }
        variables.put("PGHOST", String.join(",", hosts));
        variables.put("PGPORT", String.join(",", ports));
        if (hosts.size() > 1) {
            variables.put("PGTARGETSESSIONATTRS", "read-write");
        }
    }

    private static void parameters(String text, Map<String, String> variables) {
        for (String one : text.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                String variable =
                        VARIABLES.get(decoded(one.substring(0, equals)).toLowerCase(Locale.ROOT));
                if (variable != null) {
                    variables.put(variable, decoded(one.substring(equals + 1)));
                }
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1***");
    }
}
