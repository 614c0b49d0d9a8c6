package io.qomo.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.tls.CertificateMaker;
import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.KeyFiles;
import io.qomo.base.tls.MutualTls;
import io.qomo.serve.client.Connection;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.tcp.TcpOptions;
import io.qomo.store.member.ClusterAdmin;
import io.qomo.store.member.MembershipException;
import io.qomo.testing.crash.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster whose nodes show certificates: who has none, an old one or a foreign one is refused and told why, and
/// nothing comes of it; who has a right one takes clients and passes them on.
class ClusterTlsTest {
    private static final CertificateMaker MAKER = new CertificateMaker(new SystemEnv());
    private static final List<String> HERE = List.of("localhost", "127.0.0.1");

    @TempDir
    Path temp;

    @Test
    void letsInWhoShowsARightCertificate() throws Exception {
        CertifiedKey authority = MAKER.selfSigned(MAKER.content("cluster", List.of(), true, 1));
        CertifiedKey foreign = MAKER.selfSigned(MAKER.content("foreign", List.of(), true, 1));
        CertifiedKey good = MAKER.signedBy(authority, MAKER.content("good", HERE, false, 1));
        CertifiedKey stranger = MAKER.signedBy(foreign, MAKER.content("stranger", HERE, false, 1));
        Instant yesterday = Instant.now().minusSeconds(86_400);
        CertifiedKey old = MAKER.signedBy(
                authority, new CertificateMaker.Content("old", HERE, false, yesterday, yesterday.plusSeconds(3600)));
        int port = freePort();
        try (ServerProcess founder = new ServerProcess(
                temp.resolve("founder"), options(good, authority, "--cluster-port", String.valueOf(port)))) {
            try (Connection connection = founder.connect("")) {
                ServerProcess.query(connection, "CREATE DATABASE d");
                ServerProcess.query(connection, "CREATE TABLE d.t (id INT PRIMARY KEY)");
            }
            String[] join = {"--cluster-port", "0", "--join", "127.0.0.1:" + port};
            assertThat(refused("plain", join)).contains("the other side speaks TLS, and this node was started without");
            assertThat(refused("stranger", options(stranger, foreign, join)))
                    .contains("the certificate 'CN=good' issued by 'CN=cluster' is not signed by an authority");
            assertThat(refused("old", options(old, authority, join)))
                    .contains(
                            "does not accept this node's certificate 'CN=old' issued by 'CN=cluster', which has expired");
            try (ServerProcess second = new ServerProcess(temp.resolve("second"), options(good, authority, join));
                    Connection connection = second.connect("d")) {
                ServerProcess.query(connection, "INSERT INTO t VALUES (1)");
                assertThat(ServerProcess.query(connection, "SELECT COUNT(*) FROM t"))
                        .containsExactly("1");
                administer(port, good, authority);
            }
            try (Connection connection = founder.connect("d")) {
                assertThat(ServerProcess.query(connection, "SELECT id FROM t")).containsExactly("1");
            }
        }
    }

    /// The one that was let in is node 2: who was refused got no number.
    private void administer(int port, CertifiedKey good, CertifiedKey authority) throws GeneralSecurityException {
        NodeAddress at = new NodeAddress("127.0.0.1", port);
        assertThatThrownBy(() -> new ClusterAdmin(at, TcpOptions.Security.NONE, new SystemEnv()).handOver(1))
                .isInstanceOf(MembershipException.class)
                .hasMessageContaining("speaks TLS");
        MutualTls tls = MutualTls.of(good, authority.chain());
        TcpOptions.Security security = new TcpOptions.Security(new byte[0], Optional.of(tls));
        ClusterAdmin admin = new ClusterAdmin(at, security, new SystemEnv());
        admin.remove(2);
        assertThatThrownBy(() -> admin.handOver(3)).hasMessageContaining("node 3 cannot take over");
    }

    /// What a node says that is not let in.
    private String refused(String name, String... options) throws IOException {
        assertThatThrownBy(() -> new ServerProcess(temp.resolve(name), options).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not start");
        return Files.readString(temp.resolve(name + ".log"));
    }

    private String[] options(CertifiedKey own, CertifiedKey authority, String... others)
            throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory(temp, "certificates");
        Path certificate = directory.resolve("node.pem");
        Path key = directory.resolve("node-key.pem");
        Path authorities = directory.resolve("ca.pem");
        KeyFiles.write(certificate, own.chain());
        KeyFiles.write(key, own.key());
        KeyFiles.write(authorities, authority.chain());
        List<String> options = new ArrayList<>(List.of(others));
        options.addAll(List.of(
                "--cluster-cert", certificate.toString(),
                "--cluster-key", key.toString(),
                "--cluster-ca", authorities.toString()));
        return options.toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
