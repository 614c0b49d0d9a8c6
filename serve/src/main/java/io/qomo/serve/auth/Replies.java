package io.qomo.serve.auth;

import java.security.MessageDigest;

/// What clients send in proof of a password, made and checked.
public final class Replies {
    /// Bytes of a caching_sha2 reply.
    public static final int SHA2_BYTES = 32;
    /// Bytes of a native reply.
    public static final int NATIVE_BYTES = 20;

    private Replies() {}

    /// A client's native reply; empty for an empty password.
    public static byte[] makeNative(byte[] password, byte[] nonce) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] stage1 = Digests.sha1(password);
        return Digests.xor(stage1, Digests.sha1(nonce, Digests.sha1(stage1)));
    }

    /// A client's caching_sha2 reply; empty for an empty password.
    public static byte[] makeSha2(byte[] password, byte[] nonce) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] stage1 = Digests.sha256(password);
        return Digests.xor(stage1, Digests.sha256(Digests.sha256(stage1), nonce));
    }

    /// What the server remembers to check caching_sha2 replies: SHA256(SHA256(password)).
    public static byte[] sha2Memory(byte[] password) {
        return Digests.sha256(Digests.sha256(password));
    }

    /// Checks a native reply against a verifier.
    public static boolean checkNative(byte[] verifier, byte[] nonce, byte[] reply) {
        byte[] stage2 = Verifiers.nativeStage2(verifier);
        if (stage2.length == 0 || reply.length != NATIVE_BYTES) {
            return false;
        }
        byte[] stage1 = Digests.xor(reply, Digests.sha1(nonce, stage2));
        return MessageDigest.isEqual(stage2, Digests.sha1(stage1));
    }

    /// Checks a caching_sha2 reply against what [#sha2Memory] gave.
    public static boolean checkSha2(byte[] memory, byte[] nonce, byte[] reply) {
        if (reply.length != SHA2_BYTES) {
            return false;
        }
        byte[] stage1 = Digests.xor(reply, Digests.sha256(memory, nonce));
        return MessageDigest.isEqual(memory, Digests.sha256(stage1));
    }

    /// Undoes or applies the XOR of a password with the repeated nonce, as under RSA.
    public static byte[] mask(byte[] password, byte[] nonce) {
        return Digests.xor(password, nonce);
    }
}
