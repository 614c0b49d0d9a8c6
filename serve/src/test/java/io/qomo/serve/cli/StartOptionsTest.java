package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.tls.KeyFiles;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartOptionsTest {
    @Test
    void readsSizes() {
        assertThat(ByteSize.parse("512m")).isEqualTo(512L << 20);
        assertThat(ByteSize.parse("1.5G")).isEqualTo(3L << 29);
        assertThat(ByteSize.parse("768MB")).isEqualTo(768L << 20);
        assertThat(ByteSize.parse("1048576")).isEqualTo(1L << 20);
        assertThat(ByteSize.parse("banana")).isEqualTo(-1);
        assertThat(ByteSize.parse("-1g")).isEqualTo(-1);
        assertThat(ByteSize.parse("1.g")).isEqualTo(-1);
        assertThat(ByteSize.parse("999999999999999g")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aWrongLineSaysWhatIsWrong() {
        assertThatThrownBy(() -> StartOptions.parse(List.of("--nosuch")))
                .hasMessage("unknown option '--nosuch' of qomo start; `help` lists them");
        assertThatThrownBy(() -> StartOptions.parse(List.of("extra")))
                .hasMessage("qomo start takes options only, not 'extra'; `help` lists them");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--port"))).hasMessage("option '--port' needs a value");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--memory=banana")))
                .hasMessage("--memory takes a size such as 512m or 1.5g, not 'banana'");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--memory", "100m")))
                .hasMessage("--memory must be at least 256m, not 100m");
    }

    @Test
    void theFilesOfClusterCertificatesMustBeOfUse(@TempDir Path temp) throws IOException {
        run("certs", temp.resolve("a").toString());
        run("certs", temp.resolve("b").toString());
        String cert = temp.resolve("a/node.pem").toString();
        String key = temp.resolve("a/node-key.pem").toString();
        String ca = temp.resolve("a/ca.pem").toString();
        assertThat(security(cert, key, ca).tls()).isPresent();
        assertThatThrownBy(() -> StartOptions.parse(List.of("--cluster-port", "0", "--cluster-cert", cert)))
                .hasMessage("--cluster-cert, --cluster-key and --cluster-ca go together");
        assertThatThrownBy(() -> StartOptions.parse(List.of("--cluster-cert", cert)))
                .hasMessage("--join and the --cluster options need --cluster-port");
        assertThatThrownBy(() -> security(temp.resolve("none.pem").toString(), key, ca))
                .hasMessage("cannot read " + temp.resolve("none.pem") + ": there is no such file");
        assertThatThrownBy(() -> security(cert, temp.resolve("b/node-key.pem").toString(), ca))
                .hasMessageContaining("is not that of the certificate in");
        assertThatThrownBy(() -> security(cert, key, temp.resolve("b/ca.pem").toString()))
                .hasMessageStartingWith("--cluster-cert " + cert)
                .hasMessageContaining("is not signed by an authority of --cluster-ca");
        Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> security(cert, key, ca)).hasMessageContaining("everybody on this machine may read");
    }

    private static TcpOptions.Security security(String cert, String key, String ca) {
        StartOptions.Start start = StartOptions.parse(
                List.of("--cluster-port=0", "--cluster-cert", cert, "--cluster-key", key, "--cluster-ca=" + ca));
        return Objects.requireNonNull(start.cluster()).security();
    }

    @Test
    void makesCertificatesForTryingOut(@TempDir Path temp) throws Exception {
        String directory = temp.resolve("certs").toString();
        assertThat(run("certs", directory, "--hosts", "db1,10.0.0.1"))
                .contains("for localhost, 127.0.0.1, ::1, db1, 10.0.0.1");
        assertThat(run("certs", directory)).contains("node.pem exists; --name makes another");
        run("certs", directory, "--name", "second");
        X509Certificate authority =
                KeyFiles.certificates(temp.resolve("certs/ca.pem")).getFirst();
        for (String name : List.of("node", "second")) {
            KeyFiles.certificates(temp.resolve("certs/" + name + ".pem"))
                    .getFirst()
                    .verify(authority.getPublicKey());
        }
        assertThatThrownBy(() -> run("certs")).hasMessageContaining("usage: qomo cluster certs DIR");
        assertThatThrownBy(() -> run("certs", directory, "--name", "../ca")).hasMessageContaining("--name takes");
    }

    /// What it says.
    private static String run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        CertificatesCommand.run(List.of(arguments), out, out);
        return said.toString(StandardCharsets.UTF_8);
    }
}
