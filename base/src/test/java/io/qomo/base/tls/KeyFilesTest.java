package io.qomo.base.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    private static final CertificateMaker MAKER = new CertificateMaker(new SystemEnv());

    @TempDir
    Path temp;

    private static CertifiedKey authority(String name) throws GeneralSecurityException {
        return MAKER.selfSigned(MAKER.content(name, List.of(), true, 1));
    }

    private Path certificates(CertifiedKey key) throws IOException, GeneralSecurityException {
        Path file = temp.resolve("cert.pem");
        KeyFiles.write(file, key.chain());
        return file;
    }

    private Path file(String label, byte[] der) throws IOException {
        Path file = temp.resolve("key.pem");
        Files.write(file, Pem.encode(label, der));
        return file;
    }

    /// What a key in PKCS#8 has inside, which is the older form.
    private static byte[] bare(PrivateKey key) {
        ByteBuffer der = ByteBuffer.wrap(key.getEncoded());
        Der.enter(der);
        for (int i = 0; i < 2; i++) {
            int length = Der.enter(der);
            der.position(der.position() + length);
        }
        byte[] inner = new byte[Der.enter(der)];
        der.get(inner);
        return inner;
    }

    @Test
    void readsChainsAndKeysOfAllForms() throws Exception {
        CertifiedKey between = MAKER.signedBy(authority("root"), MAKER.content("between", List.of(), true, 1));
        CertifiedKey node = MAKER.signedBy(between, MAKER.content("node", List.of("db", "::1"), false, 1));
        Path certificates = certificates(node);
        assertThat(KeyFiles.read(certificates, file("PRIVATE KEY", node.key().getEncoded())))
                .isEqualTo(node);
        assertThat(KeyFiles.read(certificates, file("EC PRIVATE KEY", bare(node.key())))
                        .chain())
                .hasSize(2)
                .isEqualTo(node.chain());
        CertifiedKey rsa = rsa();
        assertThat(KeyFiles.read(certificates(rsa), file("RSA PRIVATE KEY", bare(rsa.key()))))
                .isEqualTo(rsa);
    }

    private CertifiedKey rsa() throws Exception {
        Path file = temp.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "rsa",
                        "-dname",
                        "CN=rsa",
                        "-keyalg",
                        "RSA",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return new CertifiedKey(
                (PrivateKey) store.getKey("rsa", password), List.of((X509Certificate) store.getCertificate("rsa")));
    }

    @Test
    void saysWhatIsWrongWithFiles() throws Exception {
        CertifiedKey one = authority("one");
        Path certificate = certificates(one);
        Path other = file("PRIVATE KEY", authority("other").key().getEncoded());
        assertThatThrownBy(() -> KeyFiles.read(certificate, other))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("the key in " + other + " is not that of the certificate in " + certificate);
        Path encrypted = file("ENCRYPTED PRIVATE KEY", new byte[] {1});
        assertThatThrownBy(() -> KeyFiles.read(certificate, encrypted))
                .hasMessageContaining("is encrypted; an unencrypted one is needed");
        Path damaged = file("PRIVATE KEY", new byte[] {1});
        assertThatThrownBy(() -> KeyFiles.read(certificate, damaged)).hasMessageContaining("cannot be used with");
        assertThatThrownBy(() -> KeyFiles.read(certificate, certificate))
                .hasMessage("no PRIVATE KEY in " + certificate);
        assertThatThrownBy(() -> KeyFiles.certificates(damaged)).hasMessage("no CERTIFICATE in " + damaged);
        assertThatThrownBy(() -> KeyFiles.certificates(file("CERTIFICATE", new byte[] {1})))
                .hasMessageContaining("is damaged");
        Path nowhere = temp.resolve("nowhere.pem");
        assertThatThrownBy(() -> KeyFiles.certificates(nowhere))
                .hasMessage("cannot read " + nowhere + ": there is no such file");
        assertThatThrownBy(() -> KeyFiles.requirePrivate(nowhere)).hasMessageContaining("there is no such file");
    }

    @Test
    void keepsKeysPrivate() throws Exception {
        Path key = temp.resolve("key.pem");
        KeyFiles.write(key, authority("one").key());
        KeyFiles.requirePrivate(key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        KeyFiles.requirePrivate(key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> KeyFiles.requirePrivate(key))
                .hasMessageContaining("everybody on this machine may read the key in " + key);
    }

    @Test
    void findsFlawsOfTheOwnCertificate() throws Exception {
        CertifiedKey root = authority("root");
        CertifiedKey node = MAKER.signedBy(root, MAKER.content("node", List.of("db"), false, 1));
        assertThat(MutualTls.flaw(node, root.chain())).isNull();
        assertThat(MutualTls.flaw(node, authority("root").chain())).contains("is not signed by an authority");
        assertThat(MutualTls.flaw(MAKER.signedBy(node, MAKER.content("false", List.of(), false, 1)), root.chain()))
                .contains("'CN=false' issued by 'CN=node'");
        assertThat(MutualTls.expiry(node.certificate())).isEmpty();
        CertifiedKey old = MAKER.signedBy(
                root,
                new CertificateMaker.Content(
                        "old",
                        List.of(),
                        false,
                        Instant.parse("2001-01-01T00:00:00Z"),
                        Instant.parse("2051-01-01T00:00:00Z")));
        assertThat(MutualTls.expiry(old.certificate())).isEmpty();
        assertThat(old.certificate().getNotAfter()).isEqualTo("2051-01-01T00:00:00Z");
    }
}
