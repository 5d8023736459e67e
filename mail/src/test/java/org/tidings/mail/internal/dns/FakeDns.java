package org.tidings.mail.internal.dns;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS that knows the TXT records it is told, and can fall silent. */
public final class FakeDns implements Dns {

    private final Map<String, List<String>> txt = new ConcurrentHashMap<>();
    private volatile boolean silent;

    public void publish(String name, String text) {
        txt.put(name, List.of(text));
    }

    public void forget(String name) {
        txt.remove(name);
    }

    public void silent(boolean isSilent) {
        silent = isSilent;
    }

    /** The records as a verifier takes them. */
    public Map<String, String> records() {
        Map<String, String> all = new ConcurrentHashMap<>();
        txt.forEach((name, texts) -> all.put(name, texts.get(0)));
        return all;
    }

    @Override
    public List<String> txt(String name) {
        if (silent) {
            throw new DnsUnavailable(name, new IOException("time-out"));
        }
        return txt.getOrDefault(name, List.of());
    }

    @Override
    public List<Mx> mx(String name) {
        return List.of();
    }

    @Override
    public List<String> addresses(String name) {
        return List.of();
    }
}
