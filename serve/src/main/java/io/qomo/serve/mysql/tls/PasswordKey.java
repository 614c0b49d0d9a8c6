package io.qomo.serve.mysql.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// The RSA key pair of `caching_sha2_password` without TLS. Made on first use (about 0.1 s), kept in memory.
/// Thread-safe.
public final class PasswordKey {
    private static final int KEY_BITS = 2048;

    private @Nullable KeyPair pair;

    private synchronized KeyPair pair() {
        if (pair == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                pair = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has RSA", e);
            }
        }
        return pair;
    }

    /// The public key in PEM.
    public byte[] publicPem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair().getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What was encrypted with the public key (OAEP, SHA-1, as MySQL's clients do); empty if it was not.
    public byte[] decrypt(byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair().getPrivate());
            return cipher.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            return new byte[0];
        }
    }
}
