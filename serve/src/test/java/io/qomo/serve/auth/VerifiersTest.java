package io.qomo.serve.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.SqlException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VerifiersTest {
    private final SystemEnv env = new SystemEnv();

    @Test
    void knowsVerifiersThatMySqlMade() {
        // SELECT PASSWORD('password') of MySQL 5.7
        assertThat(Verifiers.check(
                        Verifiers.NATIVE, ascii("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"), ascii("password")))
                .isTrue();
        // the example of mode 7401 in hashcat's documentation: password "hashcat"
        ByteArrayOutputStream verifier = new ByteArrayOutputStream();
        verifier.writeBytes(ascii("$A$005$"));
        verifier.writeBytes(HexFormat.of().parseHex("F9CC98CE08892924F50A213B6BC571A2C11778C5"));
        verifier.writeBytes(HexFormat.of()
                .parseHex("625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F"));
        assertThat(Verifiers.check(Verifiers.CACHING_SHA2, verifier.toByteArray(), ascii("hashcat")))
                .isTrue();
        assertThat(Verifiers.check(Verifiers.CACHING_SHA2, verifier.toByteArray(), ascii("hashcaT")))
                .isFalse();
    }

    @Test
    void hashesAsTheSpecificationOfShaCryptSays() {
        assertThat(new String(
                        Sha256Crypt.hash(ascii("Hello world!"), ascii("saltstring"), 5000), StandardCharsets.US_ASCII))
                .isEqualTo("5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5");
    }

    @Test
    void checksWhatItMakes() {
        for (String plugin : new String[] {Verifiers.NATIVE, Verifiers.CACHING_SHA2}) {
            for (String password : new String[] {"x", "secret", "pässwörd", "p".repeat(100)}) {
                byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
                byte[] verifier = Verifiers.make(plugin, bytes, env);
                assertThat(Verifiers.isValid(plugin, verifier)).isTrue();
                assertThat(Verifiers.check(plugin, verifier, bytes)).isTrue();
                assertThat(Verifiers.check(plugin, verifier, ascii("other"))).isFalse();
                assertThat(Verifiers.check(plugin, verifier, new byte[0])).isFalse();
            }
            assertThat(Verifiers.make(plugin, new byte[0], env)).isEmpty();
            assertThat(Verifiers.check(plugin, new byte[0], new byte[0])).isTrue();
            assertThat(Verifiers.check(plugin, new byte[0], ascii("x"))).isFalse();
        }
    }

    @Test
    void refusesWhatIsNoVerifier() {
        assertThat(Verifiers.isValid(Verifiers.NATIVE, ascii("*2470"))).isFalse();
        assertThat(Verifiers.isValid(Verifiers.NATIVE, ascii("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1EZZ")))
                .isFalse();
        assertThat(Verifiers.isValid(Verifiers.CACHING_SHA2, ascii("$A$005$" + "x".repeat(62))))
                .isFalse();
        assertThat(Verifiers.isValid(Verifiers.CACHING_SHA2, ascii("$A$0G5$" + "x".repeat(63))))
                .isFalse();
        assertThat(Verifiers.isValid(Verifiers.CACHING_SHA2, ascii("$A$005$" + "x".repeat(63))))
                .isTrue();
        assertThatThrownBy(() -> Verifiers.make("sha256_password", ascii("x"), env))
                .isInstanceOf(SqlException.class)
                .hasMessage("Plugin 'sha256_password' is not loaded");
    }

    @Test
    void acceptsTheRepliesOfWhoKnowsThePassword() {
        byte[] password = ascii("secret");
        byte[] nonce = Verifiers.nonce(env);
        byte[] verifier = Verifiers.make(Verifiers.NATIVE, password, env);
        assertThat(Replies.checkNative(verifier, nonce, Replies.makeNative(password, nonce)))
                .isTrue();
        assertThat(Replies.checkNative(verifier, nonce, Replies.makeNative(ascii("Secret"), nonce)))
                .isFalse();
        assertThat(Replies.checkNative(verifier, nonce, new byte[0])).isFalse();
        byte[] memory = Replies.sha2Memory(password);
        assertThat(Replies.checkSha2(memory, nonce, Replies.makeSha2(password, nonce)))
                .isTrue();
        assertThat(Replies.checkSha2(memory, nonce, Replies.makeSha2(ascii("Secret"), nonce)))
                .isFalse();
        assertThat(Replies.checkSha2(memory, Verifiers.nonce(env), Replies.makeSha2(password, nonce)))
                .isFalse();
    }

    @Test
    void limitsTheLengthOfPasswords() {
        byte[] longest = ascii("x".repeat(Verifiers.MAX_PASSWORD_BYTES));
        byte[] longer = ascii("x".repeat(Verifiers.MAX_PASSWORD_BYTES + 1));
        for (String plugin : new String[] {Verifiers.NATIVE, Verifiers.CACHING_SHA2}) {
            byte[] verifier = Verifiers.make(plugin, longest, env);
            assertThat(Verifiers.check(plugin, verifier, longest)).isTrue();
            assertThat(Verifiers.check(plugin, verifier, longer)).isFalse();
            assertThat(Verifiers.check(plugin, verifier, new byte[100_000])).isFalse();
            assertThatThrownBy(() -> Verifiers.make(plugin, longer, env)).isInstanceOf(SqlException.class);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
