package io.qomo.serve.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;

/// What a client answers to the server's challenge. Source: MySQL manual, "Authentication Plugins".
final class Passwords {
    private Passwords() {}

    /// SHA1(password) xor SHA1(challenge ‖ SHA1(SHA1(password))).
    static byte[] nativeScramble(String password, byte[] challenge) throws GeneralSecurityException {
        return scramble("SHA-1", password, challenge, true);
    }

    /// SHA256(password) xor SHA256(SHA256(SHA256(password)) ‖ challenge).
    static byte[] sha2Scramble(String password, byte[] challenge) throws GeneralSecurityException {
        return scramble("SHA-256", password, challenge, false);
    }

    private static byte[] scramble(String algorithm, String password, byte[] challenge, boolean challengeFirst)
            throws GeneralSecurityException {
        if (password.isEmpty()) {
            return new byte[0];
        }
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        byte[] once = digest.digest(password.getBytes(StandardCharsets.UTF_8));
        byte[] twice = digest.digest(once);
        digest.update(challengeFirst ? challenge : twice);
        digest.update(challengeFirst ? twice : challenge);
        byte[] mask = digest.digest();
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= once[i];
        }
        return mask;
    }

    /// The zero-terminated password, masked by the challenge and encrypted for the server's public key.
    static byte[] encrypt(String password, byte[] challenge, String pem) throws GeneralSecurityException {
        byte[] plain = (password + "\0").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < plain.length; i++) {
            plain[i] ^= challenge[i % challenge.length];
        }
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(plain);
    }
}
