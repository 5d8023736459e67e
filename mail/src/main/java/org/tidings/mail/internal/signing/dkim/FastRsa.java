package org.tidings.mail.internal.signing.dkim;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where RSA signatures come from: the Corretto provider, about three times as fast, where its native library loads, the
 * JDK's own elsewhere. The provider is asked for directly and not put into the JVM's list, where others would get it. It is
 * loaded with the first RSA key: its library takes 20 MB.
 */
final class FastRsa {
    private static final Logger LOG = Logger.getLogger(FastRsa.class.getName());
    private static final @Nullable Provider CORRETTO = load();

    private FastRsa() {}

    static Signature signerFor(PrivateKey key) throws GeneralSecurityException {
        Provider provider = CORRETTO;
        Signature signature = provider == null
                ? Signature.getInstance("SHA256withRSA")
                : Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        return signature;
    }

    /** For the log and the staff's page. */
    static String description() {
        return CORRETTO == null ? "JDK" : CORRETTO.getName() + " " + CORRETTO.getVersionStr();
    }

    private static @Nullable Provider load() {
        try {
            // By name: the classes exist for some platforms only.
            Class<?> type = Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            type.getMethod("assertHealthy").invoke(provider);
            Signature.getInstance("SHA256withRSA", provider);
            LOG.log(Level.INFO, "DKIM signs RSA by {0} {1}", new Object[] {provider.getName(), provider.getVersionStr()
            });
            return provider;
        } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError | RuntimeException absent) {
            Throwable cause = absent.getCause() == null ? absent : absent.getCause();
            LOG.log(
                    Level.INFO,
                    "DKIM signs RSA by the JDK, which is slower; the Corretto provider did not load: {0}",
                    cause.toString());
            return null;
        }
    }
}
