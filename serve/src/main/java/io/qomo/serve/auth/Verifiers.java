package io.qomo.serve.auth;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// Makes and checks verifiers, MySQL's `authentication_string`. An empty verifier means an empty password.
///
/// Checking a `caching_sha2_password` verifier costs some milliseconds by design. The methods throw
/// `PLUGIN_NOT_LOADED` for a plugin they do not know.
public final class Verifiers {
    /// The default plugin.
    public static final String CACHING_SHA2 = "caching_sha2_password";
    /// The plugin of older clients.
    public static final String NATIVE = "mysql_native_password";

    /// The longest password, in bytes, as in MySQL: hashing takes time by the square of the length.
    public static final int MAX_PASSWORD_BYTES = 255;

    private static final byte[] SHA2_PREFIX = "$A$".getBytes(StandardCharsets.US_ASCII);
    private static final int SHA2_SALT_AT = 7;
    private static final int SHA2_SALT_BYTES = 20;
    private static final int SHA2_LENGTH = SHA2_SALT_AT + SHA2_SALT_BYTES + Sha256Crypt.LENGTH;
    private static final int SHA2_DEFAULT_COST = 5;
    private static final int ROUNDS_PER_COST = 1000;
    private static final int MAX_COST = 0xFFF;
    private static final int NATIVE_LENGTH = 41;

    private Verifiers() {}

    /// True for the plugins this server has.
    public static boolean isPlugin(String plugin) {
        return plugin.equals(CACHING_SHA2) || plugin.equals(NATIVE);
    }

    /// The verifier of a password (UTF-8); empty for an empty one. Throws `WRONG_ARGUMENTS` for one that is
    /// too long.
    public static byte[] make(String plugin, byte[] password, Env env) {
        requirePlugin(plugin);
        if (password.length == 0) {
            return new byte[0];
        }
        if (password.length > MAX_PASSWORD_BYTES) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "PASSWORD");
        }
        if (plugin.equals(NATIVE)) {
            String hex = HexFormat.of().withUpperCase().formatHex(Digests.sha1(Digests.sha1(password)));
            return ("*" + hex).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] salt = nonce(env);
        byte[] verifier = new byte[SHA2_LENGTH];
        byte[] head = String.format("$A$%03X$", SHA2_DEFAULT_COST).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, verifier, 0, SHA2_SALT_AT);
        System.arraycopy(salt, 0, verifier, SHA2_SALT_AT, SHA2_SALT_BYTES);
        byte[] hash = Sha256Crypt.hash(password, salt, SHA2_DEFAULT_COST * ROUNDS_PER_COST);
        System.arraycopy(hash, 0, verifier, SHA2_SALT_AT + SHA2_SALT_BYTES, hash.length);
        return verifier;
    }

    /// True if `verifier` has the plugin's format: for `CREATE USER … IDENTIFIED WITH … AS '…'`.
    public static boolean isValid(String plugin, byte[] verifier) {
        requirePlugin(plugin);
        if (verifier.length == 0) {
            return true;
        }
        return plugin.equals(NATIVE) ? nativeStage2(verifier).length > 0 : sha2Cost(verifier) > 0;
    }

    /// True if `verifier` was made of this password.
    public static boolean check(String plugin, byte[] verifier, byte[] password) {
        requirePlugin(plugin);
        if (verifier.length == 0 || password.length == 0) {
            return verifier.length == 0 && password.length == 0;
        }
        if (password.length > MAX_PASSWORD_BYTES) {
            return false;
        }
        if (plugin.equals(NATIVE)) {
            byte[] stage2 = nativeStage2(verifier);
            return stage2.length > 0 && MessageDigest.isEqual(stage2, Digests.sha1(Digests.sha1(password)));
        }
        int cost = sha2Cost(verifier);
        if (cost == 0) {
            return false;
        }
        int hashAt = SHA2_SALT_AT + SHA2_SALT_BYTES;
        byte[] salt = Arrays.copyOfRange(verifier, SHA2_SALT_AT, hashAt);
        byte[] hash = Sha256Crypt.hash(password, salt, cost * ROUNDS_PER_COST);
        return MessageDigest.isEqual(hash, Arrays.copyOfRange(verifier, hashAt, SHA2_LENGTH));
    }

    /// Twenty random bytes, each 1 to 127 and not `$`: a salt, or a nonce of the handshake.
    public static byte[] nonce(Env env) {
        byte[] bytes = new byte[SHA2_SALT_BYTES];
        env.secureRandom(bytes);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0x7F;
            bytes[i] = (byte) (b == 0 || b == '$' ? b + 1 : b);
        }
        return bytes;
    }

    /// SHA1(SHA1(password)) of a native verifier, empty if it is not one.
    static byte[] nativeStage2(byte[] verifier) {
        if (verifier.length != NATIVE_LENGTH || verifier[0] != '*') {
            return new byte[0];
        }
        byte[] stage2 = new byte[NATIVE_LENGTH / 2];
        for (int i = 0; i < stage2.length; i++) {
            int high = Character.digit(verifier[1 + 2 * i], 16);
            int low = Character.digit(verifier[2 + 2 * i], 16);
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            stage2[i] = (byte) (high << 4 | low);
        }
        return stage2;
    }

    /// The thousands of rounds of a caching_sha2 verifier, 0 if it is not one.
    private static int sha2Cost(byte[] verifier) {
        if (verifier.length != SHA2_LENGTH
                || !Arrays.equals(verifier, 0, SHA2_PREFIX.length, SHA2_PREFIX, 0, SHA2_PREFIX.length)
                || verifier[SHA2_SALT_AT - 1] != '$') {
            return 0;
        }
        int cost = 0;
        for (int i = SHA2_PREFIX.length; i < SHA2_SALT_AT - 1; i++) {
            int digit = Character.digit(verifier[i], 16);
            if (digit < 0) {
                return 0;
            }
            cost = cost * 16 + digit;
        }
        return cost <= MAX_COST ? cost : 0;
    }

    private static void requirePlugin(String plugin) {
        if (!isPlugin(plugin)) {
            throw new SqlException(ErrorCode.PLUGIN_NOT_LOADED, plugin);
        }
    }
}
