package io.qomo.serve.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.serve.session.api.TlsUse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsUseTest {
    @ParameterizedTest
    @CsvSource({
        "TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ECDHE-ECDSA-AES256-GCM-SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-RSA-CHACHA20-POLY1305",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, DHE-RSA-AES128-SHA256",
        "TLS_RSA_WITH_AES_128_GCM_SHA256, AES128-GCM-SHA256"
    })
    void ciphersHaveTheNamesOfOpenssl(String suite, String name) {
        assertThat(TlsUse.of("TLSv1.2", suite).cipher()).isEqualTo(name);
    }
}
