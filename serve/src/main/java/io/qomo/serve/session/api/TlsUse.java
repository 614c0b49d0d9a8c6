package io.qomo.serve.session.api;

/// How a connection is encrypted.
///
/// @param version such as `TLSv1.3`
/// @param cipher as OpenSSL, and so MySQL, names it: `TLS_AES_256_GCM_SHA384`, `ECDHE-ECDSA-AES256-GCM-SHA384`
public record TlsUse(String version, String cipher) {
    /// Of the names Java gives, which are those of the standards. OpenSSL has its own for suites before TLS 1.3:
    /// the exchange and the signature in front, no WITH, no CBC, and no digest where CHACHA20-POLY1305 leaves no
    /// choice.
    public static TlsUse of(String version, String suite) {
        int with = suite.indexOf("_WITH_");
        if (with < 0) {
            return new TlsUse(version, suite);
        }
        String exchange = suite.substring("TLS_".length(), with);
        String rest = suite.substring(with + "_WITH_".length())
                .replaceFirst("^AES_", "AES")
                .replace("_CBC_", "_")
                .replaceFirst("POLY1305_SHA256$", "POLY1305");
        return new TlsUse(version, (exchange.equals("RSA") ? rest : exchange + "_" + rest).replace('_', '-'));
    }
}
