package io.qomo.serve.mysql.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.tls.KeyFiles;
import io.qomo.base.tls.Pem;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Date;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
    private final SystemEnv env = new SystemEnv();

    @Test
    void signsACertificateThatJavaUnderstands(@TempDir Path directory) throws Exception {
        new ServerKeys(directory, env).tls();
        X509Certificate certificate =
                KeyFiles.certificates(directory.resolve("server-cert.pem")).getFirst();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        certificate.checkValidity(new Date(System.currentTimeMillis() + 9L * 365 * 86_400_000));
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isPositive();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Qomo generated server certificate");
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }

    @Test
    void keepsKeysInADirectory(@TempDir Path directory) throws Exception {
        ServerKeys first = new ServerKeys(directory, env);
        first.tls();
        byte[] rsa = first.publicKeyPem();
        byte[] certificate = Files.readAllBytes(directory.resolve("server-cert.pem"));
        ServerKeys second = new ServerKeys(directory, env);
        second.tls();
        assertThat(Files.readAllBytes(directory.resolve("server-cert.pem"))).isEqualTo(certificate);
        assertThat(second.publicKeyPem()).isEqualTo(rsa);
        assertThat(second.decrypt(encrypt(rsa, "secret"))).isEqualTo("secret".getBytes());
        for (String secret : List.of("server-key.pem", "private_key.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(4);
        }
        assertThat(CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(certificate)))
                .hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithFiles(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("server-cert.pem"), "nothing");
        Files.writeString(directory.resolve("server-key.pem"), "nothing");
        assertThatThrownBy(() -> new ServerKeys(directory, env).tls()).hasMessageContaining("no CERTIFICATE in");
    }

    @Test
    void decryptsNothingFromGarbage() {
        ServerKeys keys = new ServerKeys(null, env);
        assertThat(keys.decrypt(new byte[256])).isEmpty();
        assertThat(keys.decrypt(new byte[0])).isEmpty();
        assertThat(keys.decrypt(new byte[10_000])).isEmpty();
    }

    private static byte[] encrypt(byte[] pem, String text) throws Exception {
        byte[] der = Pem.decode("PUBLIC KEY", new String(pem)).getFirst();
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(text.getBytes());
    }
}
