package org.tidings.mail.internal.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** The JDK's own DNS client with the machine's name servers: no dependency, and it repeats a cut answer over TCP. */
public final class JndiDns implements Dns {
    private static final String FIRST_TIMEOUT_MILLIS = "2000";
    private static final String TRIES = "2";
    private static final int RECORDS_AT_MOST = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");

    private final String providerUrl;

    /** Asks the name servers that the machine is set up with. */
    public JndiDns() {
        this("dns:");
    }

    /** @param providerUrl for example {@code dns://192.0.2.53} */
    public JndiDns(String providerUrl) {
        this.providerUrl = providerUrl;
    }

    @Override
    public List<String> txt(String name) {
        return records(name, "TXT").stream().map(JndiDns::joinStrings).toList();
    }

    @Override
    public List<Mx> mx(String name) {
        List<Mx> exchangers = new ArrayList<>();
        for (String record : records(name, "MX")) {
            int space = record.indexOf(' ');
            if (space > 0) {
                exchangers.add(new Mx(
                        Integer.parseInt(record.substring(0, space)),
                        withoutDot(record.substring(space + 1).trim())));
            }
        }
        exchangers.sort(Comparator.comparingInt(Mx::preference));
        return exchangers;
    }

    @Override
    public List<String> addresses(String name) {
        List<String> addresses = new ArrayList<>(records(name, "A"));
        addresses.addAll(records(name, "AAAA"));
        return addresses;
    }

    // The DNS provider gives strings and deserializes nothing; names are checked before they reach JNDI's own syntax.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> records(String name, String type) {
        if (!NAME.matcher(name).matches()) {
            return List.of();
        }
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, providerUrl);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        List<String> values = new ArrayList<>();
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                // The dot at the end keeps the machine's search domains out of it.
                Attribute attribute =
                        context.getAttributes(name + ".", new String[] {type}).get(type);
                if (attribute == null) {
                    return values;
                }
                NamingEnumeration<?> all = attribute.getAll();
                while (all.hasMore() && values.size() < RECORDS_AT_MOST) {
                    values.add(String.valueOf(all.next()));
                }
            } finally {
                context.close();
            }
        } catch (NameNotFoundException nothing) {
            return values;
        } catch (NamingException failed) {
            throw new DnsUnavailable(name, failed);
        }
        return values;
    }

    /**
     * Undoes the way in which the JDK prints several character strings: a space between two, and quotation marks with
     * backslashes around one that holds a space, a quotation mark, or nothing.
     */
    public static String joinStrings(String printed) {
        StringBuilder joined = new StringBuilder();
        int i = 0;
        while (i < printed.length()) {
            char c = printed.charAt(i);
            if (c == '"') {
                i++;
                while (i < printed.length() && printed.charAt(i) != '"') {
                    if (printed.charAt(i) == '\\' && i + 1 < printed.length()) {
                        i++;
                    }
                    joined.append(printed.charAt(i));
                    i++;
                }
            } else if (c != ' ') {
                joined.append(c);
            }
            i++;
        }
        return joined.toString();
    }

    private static String withoutDot(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
