package io.qomo.serve.mysql.tls;

import io.qomo.base.env.Env;
import io.qomo.base.tls.CertificateMaker;
import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.KeyFiles;
import io.qomo.base.tls.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The keys of one server. Thread-safe.
///
/// With a directory they are read from there, or made and kept there, under the names MySQL uses:
/// `server-cert.pem` and `server-key.pem` for TLS (replace both to show a certificate of your own; the key
/// unencrypted), `private_key.pem` and `public_key.pem` for `caching_sha2_password` without TLS. Without one
/// they live as long as this object.
public final class ServerKeys {
    private static final String CERTIFICATE_FILE = "server-cert.pem";
    private static final String KEY_FILE = "server-key.pem";
    private static final String RSA_PRIVATE_FILE = "private_key.pem";
    private static final String RSA_PUBLIC_FILE = "public_key.pem";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final int RSA_BITS = 2048;
    private static final String SUBJECT = "Qomo generated server certificate";
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");
    private static final int YEARS = 10;

    private final @Nullable Path directory;
    private final Env env;
    private @Nullable SSLContext tls;
    private @Nullable KeyPair rsa;

    /// Keys in a directory, or in memory if that is null. Nothing is read or made yet.
    public ServerKeys(@Nullable Path directory, Env env) {
        this.directory = directory;
        this.env = env;
    }

    /// What TLS connections are made with. Throws `UncheckedIOException` or `IllegalStateException` if the
    /// files cannot be used.
    public synchronized SSLContext tls() {
        if (tls == null) {
            try {
                CertifiedKey identity = identity();
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                char[] none = new char[0];
                store.setKeyEntry(
                        "server", identity.key(), none, identity.chain().toArray(X509Certificate[]::new));
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, none);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                tls = context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("unusable certificate or key", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tls;
    }

    /// The RSA public key in PEM.
    public byte[] publicKeyPem() {
        return Pem.encode(PUBLIC_KEY, rsa().getPublic().getEncoded());
    }

    /// What was encrypted with the RSA public key (OAEP, SHA-1, as MySQL's clients do); empty if it was not.
    public byte[] decrypt(byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, rsa().getPrivate());
            return cipher.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            return new byte[0];
        }
    }

    private CertifiedKey identity() throws IOException, GeneralSecurityException {
        Path home = directory;
        if (home == null) {
            return make();
        }
        Path certificateFile = home.resolve(CERTIFICATE_FILE);
        Path keyFile = home.resolve(KEY_FILE);
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            return KeyFiles.read(certificateFile, keyFile);
        }
        CertifiedKey made = make();
        KeyFiles.write(keyFile, made.key());
        KeyFiles.write(certificateFile, made.chain());
        return made;
    }

    private CertifiedKey make() throws GeneralSecurityException {
        CertificateMaker maker = new CertificateMaker(env);
        return maker.selfSigned(maker.content(SUBJECT, HOSTS, true, YEARS));
    }

    private static List<byte[]> blocks(String label, Path file) throws IOException {
        List<byte[]> blocks = Pem.decode(label, Files.readString(file, StandardCharsets.US_ASCII));
        if (blocks.isEmpty()) {
            throw new IOException("no " + label + " in " + file);
        }
        return blocks;
    }

    private synchronized KeyPair rsa() {
        if (rsa == null) {
            try {
                rsa = loadOrMakeRsa();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("unusable RSA key", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rsa;
    }

    private KeyPair loadOrMakeRsa() throws IOException, GeneralSecurityException {
        Path home = directory;
        if (home != null && Files.exists(home.resolve(RSA_PRIVATE_FILE))) {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            byte[] privateDer =
                    blocks(PRIVATE_KEY, home.resolve(RSA_PRIVATE_FILE)).getFirst();
            byte[] publicDer = blocks(PUBLIC_KEY, home.resolve(RSA_PUBLIC_FILE)).getFirst();
            PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(privateDer));
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(publicDer));
            return new KeyPair(publicKey, privateKey);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair made = generator.generateKeyPair();
        if (home != null) {
            Pem.write(
                    home.resolve(RSA_PUBLIC_FILE),
                    Pem.encode(PUBLIC_KEY, made.getPublic().getEncoded()),
                    false);
            Pem.write(
                    home.resolve(RSA_PRIVATE_FILE),
                    Pem.encode(PRIVATE_KEY, made.getPrivate().getEncoded()),
                    true);
        }
        return made;
    }
}
