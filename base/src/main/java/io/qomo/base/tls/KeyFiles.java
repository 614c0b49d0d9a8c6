package io.qomo.base.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Keys and certificates in PEM files. All methods throw [KeyFileException].
public final class KeyFiles {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    /// Older forms: RFC 8017 (PKCS#1) and RFC 5915 (SEC 1).
    private static final List<String> BARE = List.of("RSA PRIVATE KEY", "EC PRIVATE KEY");

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] PROBE = {1, 2, 3};

    private KeyFiles() {}

    /// An unencrypted key, in PKCS#8 or an older form, and its certificate with those that lead towards a
    /// root.
    public static CertifiedKey read(Path certificateFile, Path keyFile) throws KeyFileException {
        List<X509Certificate> chain = certificates(certificateFile);
        PublicKey publicKey = chain.getFirst().getPublicKey();
        String text = text(keyFile);
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(text, publicKey, keyFile)));
        } catch (GeneralSecurityException e) {
            throw new KeyFileException(
                    "the key in " + keyFile + " cannot be used with the certificate in " + certificateFile + ": "
                            + e.getMessage(),
                    e);
        }
        checkPair(key, publicKey, certificateFile, keyFile);
        return new CertifiedKey(key, chain);
    }

    /// All certificates of a file, one at least.
    public static List<X509Certificate> certificates(Path file) throws KeyFileException {
        List<byte[]> blocks = Pem.decode(CERTIFICATE, text(file));
        if (blocks.isEmpty()) {
            throw new KeyFileException("no " + CERTIFICATE + " in " + file);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : blocks) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (GeneralSecurityException e) {
            throw new KeyFileException("a certificate in " + file + " is damaged: " + e.getMessage(), e);
        }
        return certificates;
    }

    /// Refuses a file that every user of the machine may read. A group may: containers are given keys so.
    public static void requirePrivate(Path keyFile) throws KeyFileException {
        try {
            if (Files.getFileStore(keyFile).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(keyFile).contains(PosixFilePermission.OTHERS_READ)) {
                throw new KeyFileException(
                        "everybody on this machine may read the key in " + keyFile + ": chmod 600 " + keyFile);
            }
        } catch (KeyFileException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(keyFile, e);
        }
    }

    /// Writes certificates, for everybody to read.
    public static void write(Path file, List<X509Certificate> certificates)
            throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(new String(Pem.encode(CERTIFICATE, certificate.getEncoded()), StandardCharsets.US_ASCII));
        }
        Pem.write(file, text.toString().getBytes(StandardCharsets.US_ASCII), false);
    }

    /// Writes a key in PKCS#8, for its owner alone.
    public static void write(Path file, PrivateKey key) throws IOException {
        Pem.write(file, Pem.encode(PKCS8, key.getEncoded()), true);
    }

    private static String text(Path file) throws KeyFileException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static KeyFileException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException ? "this user may not read it" : String.valueOf(e.getMessage());
        return new KeyFileException("cannot read " + file + ": " + why, e);
    }

    private static byte[] pkcs8(String text, PublicKey publicKey, Path file) throws KeyFileException {
        List<byte[]> modern = Pem.decode(PKCS8, text);
        if (!modern.isEmpty()) {
            return modern.getFirst();
        }
        for (String label : BARE) {
            List<byte[]> bare = Pem.decode(label, text);
            if (!bare.isEmpty()) {
                // what is missing around it is what the certificate says of its key
                return Der.sequence(
                        Der.integer(BigInteger.ZERO),
                        algorithm(publicKey),
                        Der.value(Der.OCTET_STRING, bare.getFirst()));
            }
        }
        boolean isEncrypted = text.contains("ENCRYPTED");
        throw new KeyFileException(
                isEncrypted
                        ? "the key in " + file
                                + " is encrypted; an unencrypted one is needed (`openssl pkey` writes it)"
                        : "no " + PKCS8 + " in " + file);
    }

    /// The first part of a SubjectPublicKeyInfo: the algorithm and its parameters.
    private static byte[] algorithm(PublicKey key) {
        ByteBuffer info = ByteBuffer.wrap(key.getEncoded());
        Der.enter(info);
        int start = info.position();
        int length = Der.enter(info);
        byte[] algorithm = new byte[info.position() + length - start];
        info.position(start).get(algorithm);
        return algorithm;
    }

    private static void checkPair(PrivateKey key, PublicKey publicKey, Path certificateFile, Path keyFile)
            throws KeyFileException {
        String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
        if (algorithm == null) {
            return;
        }
        boolean isPair;
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            isPair = signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // of another length than a signature of that key: not of the same pair either
            isPair = false;
        }
        if (!isPair) {
            throw new KeyFileException(
                    "the key in " + keyFile + " is not that of the certificate in " + certificateFile);
        }
    }
}
