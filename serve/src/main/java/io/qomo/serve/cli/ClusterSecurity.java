package io.qomo.serve.cli;

import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.KeyFileException;
import io.qomo.base.tls.KeyFiles;
import io.qomo.base.tls.MutualTls;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The options by which nodes prove each other who they are: `--cluster-secret`, and `--cluster-cert`,
/// `--cluster-key` and `--cluster-ca` together. What is wrong with their files is a [UsageException].
final class ClusterSecurity {
    /// As it is shown in lines of usage.
    static final String USAGE = "[--cluster-secret FILE] [--cluster-cert FILE --cluster-key FILE --cluster-ca FILE]";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSecurity.class);
    private static final String SECRET = "--cluster-secret";
    private static final String CERT = "--cluster-cert";
    private static final String KEY = "--cluster-key";
    private static final String CA = "--cluster-ca";
    private static final Set<String> NAMES = Set.of(SECRET, CERT, KEY, CA);
    private static final int MIN_SECRET_CHARS = 16;
    private static final byte[] NO_SECRET = {};

    private final Map<String, String> files = new HashMap<>();

    /// Whether an option is one of these.
    static boolean has(String name) {
        return NAMES.contains(name);
    }

    void set(String name, String file) {
        files.put(name, file);
    }

    boolean isGiven() {
        return !files.isEmpty();
    }

    /// Reads the files.
    TcpOptions.Security read() {
        String secret = files.get(SECRET);
        return new TcpOptions.Security(secret == null ? NO_SECRET : secret(secret), tls());
    }

    /// The content of a file, without white space around it.
    private static byte[] secret(String file) {
        String text;
        try {
            text = Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UsageException("--cluster-secret cannot read the file " + file);
        }
        if (text.length() < MIN_SECRET_CHARS) {
            throw new UsageException("the secret in " + file + " is too short: it takes " + MIN_SECRET_CHARS
                    + " characters at least, for example from `openssl rand -hex 32`");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<MutualTls> tls() {
        String certificate = files.get(CERT);
        String key = files.get(KEY);
        String authorities = files.get(CA);
        if (certificate == null && key == null && authorities == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null || authorities == null) {
            throw new UsageException("--cluster-cert, --cluster-key and --cluster-ca go together");
        }
        try {
            KeyFiles.requirePrivate(Path.of(key));
            CertifiedKey own = KeyFiles.read(Path.of(certificate), Path.of(key));
            List<X509Certificate> trusted = KeyFiles.certificates(Path.of(authorities));
            String flaw = MutualTls.flaw(own, trusted);
            if (flaw != null) {
                throw new UsageException("--cluster-cert " + certificate + ": " + flaw);
            }
            String expiry = MutualTls.expiry(own.certificate());
            if (!expiry.isEmpty()) {
                LOG.atWarn().addKeyValue("reason", expiry).log("other nodes will refuse this one");
            }
            return Optional.of(MutualTls.of(own, trusted));
        } catch (KeyFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new UsageException("the certificates of the cluster cannot be used: " + e.getMessage());
        }
    }
}
