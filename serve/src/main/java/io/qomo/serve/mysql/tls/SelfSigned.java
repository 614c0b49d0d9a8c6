package io.qomo.serve.mysql.tls;

import io.qomo.base.env.Env;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Makes a key pair on the curve P-256 and a certificate for it that it signs itself, good for ten years.
/// Source: RFC 5280.
final class SelfSigned {
    private static final int YEARS = 10;
    private static final String SUBJECT = "Qomo generated server certificate";
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final byte[] TRUE = {(byte) 0xFF};

    private SelfSigned() {}

    /// A fresh identity.
    static Identity make(Env env) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] body = body(pair, env);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, algorithm(), Der.bits(signature.sign()));
        X509Certificate parsed = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        return new Identity(pair.getPrivate(), List.of(parsed));
    }

    private static byte[] body(KeyPair pair, Env env) {
        byte[] serial = new byte[16];
        env.secureRandom(serial);
        Instant now = Instant.ofEpochSecond(env.wallMicros() / 1_000_000);
        Instant from = now.minus(1, ChronoUnit.DAYS);
        Instant to = now.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(Der.UTF8_STRING, SUBJECT))));
        return Der.sequence(
                Der.tagged(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(1, serial).setBit(0)),
                algorithm(),
                name,
                Der.sequence(time(from), time(to)),
                name,
                pair.getPublic().getEncoded(),
                Der.tagged(3, Der.sequence(basicConstraints(), alternativeNames())));
    }

    private static byte[] algorithm() {
        return Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    }

    private static byte[] basicConstraints() {
        byte[] isAuthority = Der.sequence(Der.value(Der.BOOLEAN, TRUE));
        return Der.sequence(
                Der.oid(BASIC_CONSTRAINTS), Der.value(Der.BOOLEAN, TRUE), Der.value(Der.OCTET_STRING, isAuthority));
    }

    private static byte[] alternativeNames() {
        List<byte[]> names = new ArrayList<>();
        names.add(Der.implicit(DNS_NAME, "localhost".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        for (String address : List.of("127.0.0.1", "::1")) {
            names.add(Der.implicit(IP_ADDRESS, address(address)));
        }
        byte[] list = Der.sequence(names.toArray(byte[][]::new));
        return Der.sequence(Der.oid(SUBJECT_ALT_NAME), Der.value(Der.OCTET_STRING, list));
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("literals need no look-up", e);
        }
    }

    /// Years before 2050 have two digits, by RFC 5280.
    private static byte[] time(Instant instant) {
        boolean isShort = instant.atZone(ZoneOffset.UTC).getYear() < 2050;
        DateTimeFormatter format = DateTimeFormatter.ofPattern(isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC);
        return Der.text(isShort ? Der.UTC_TIME : Der.GENERALIZED_TIME, format.format(instant));
    }
}
