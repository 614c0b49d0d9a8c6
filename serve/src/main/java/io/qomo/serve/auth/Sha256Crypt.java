package io.qomo.serve.auth;

import java.security.MessageDigest;
import java.util.Arrays;

/// The password hash "SHA-crypt" with SHA-256. Source: U. Drepper, "Unix crypt using SHA-256 and SHA-512",
/// steps 1 to 22.
final class Sha256Crypt {
    /// Characters of the result.
    static final int LENGTH = 43;

    private static final int DIGEST_BYTES = 32;
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /// Bytes of the digest in the order in which they are written, three to four characters.
    private static final int[] ORDER = {
        0, 10, 20, 21, 1, 11, 12, 22, 2, 3, 13, 23, 24, 4, 14, 15, 25, 5, 6, 16, 26, 27, 7, 17, 18, 28, 8, 9, 19, 29
    };

    private Sha256Crypt() {}

    /// The 43 characters for a password, a salt and a number of rounds.
    static byte[] hash(byte[] password, byte[] salt, int rounds) {
        byte[] b = Digests.sha256(password, salt, password);
        MessageDigest digest = Digests.sha256();
        digest.update(password);
        digest.update(salt);
        for (int left = password.length; left > 0; left -= DIGEST_BYTES) {
            digest.update(b, 0, Math.min(left, DIGEST_BYTES));
        }
        for (int n = password.length; n > 0; n >>= 1) {
            digest.update((n & 1) != 0 ? b : password);
        }
        byte[] a = digest.digest();
        for (int i = 0; i < password.length; i++) {
            digest.update(password);
        }
        byte[] p = repeat(digest.digest(), password.length);
        for (int i = 0; i < 16 + (a[0] & 0xFF); i++) {
            digest.update(salt);
        }
        byte[] s = repeat(digest.digest(), salt.length);
        for (int i = 0; i < rounds; i++) {
            digest.update((i & 1) != 0 ? p : a);
            if (i % 3 != 0) {
                digest.update(s);
            }
            if (i % 7 != 0) {
                digest.update(p);
            }
            digest.update((i & 1) != 0 ? a : p);
            a = digest.digest();
        }
        return encode(a);
    }

    private static byte[] repeat(byte[] digest, int length) {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = digest[i % DIGEST_BYTES];
        }
        Arrays.fill(digest, (byte) 0);
        return result;
    }

    private static byte[] encode(byte[] digest) {
        byte[] text = new byte[LENGTH];
        int at = 0;
        for (int i = 0; i < ORDER.length; i += 3) {
            int bits = (digest[ORDER[i]] & 0xFF) << 16
                    | (digest[ORDER[i + 1]] & 0xFF) << 8
                    | (digest[ORDER[i + 2]] & 0xFF);
            at = put(text, at, bits, 4);
        }
        put(text, at, (digest[31] & 0xFF) << 8 | (digest[30] & 0xFF), 3);
        return text;
    }

    private static int put(byte[] text, int from, int bits, int count) {
        int rest = bits;
        for (int i = 0; i < count; i++) {
            text[from + i] = (byte) ALPHABET.charAt(rest & 63);
            rest >>>= 6;
        }
        return from + count;
    }
}
