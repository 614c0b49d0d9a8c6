package io.qomo.serve.cli;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.tls.CertificateMaker;
import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.KeyFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// `qomo cluster certs DIR [--hosts A,B] [--name NAME]`: an authority, unless there is one in the directory,
/// and a certificate of a node that it signs. For trying out: the authority's key lies beside them.
final class CertificatesCommand {
    private static final String USAGE = "usage: qomo cluster certs DIR [--hosts A,B,…] [--name NAME]";
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1");
    private static final int AUTHORITY_YEARS = 10;
    private static final int NODE_YEARS = 1;

    private CertificatesCommand() {}

    /// Returns the exit status.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() < 2 || !arguments.getFirst().equals("certs") || arguments.size() % 2 != 0) {
            throw new UsageException(USAGE);
        }
        Path directory = Path.of(arguments.get(1));
        List<String> hosts = new ArrayList<>(THIS_MACHINE);
        String name = "node";
        for (int i = 2; i < arguments.size(); i += 2) {
            String value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--hosts" ->
                    Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(host -> !host.isEmpty() && !hosts.contains(host))
                            .forEach(hosts::add);
                case "--name" -> name = name(value);
                default -> throw new UsageException(USAGE);
            }
        }
        try {
            make(directory, name, hosts, out);
            return 0;
        } catch (IOException | GeneralSecurityException e) {
            err.println("qomo: " + e.getMessage());
            return 1;
        }
    }

    private static String name(String value) {
        if (!value.matches("[A-Za-z0-9._-]+") || value.equals("ca")) {
            throw new UsageException(
                    "--name takes letters, digits, dots and dashes, and not 'ca': not '" + value + "'");
        }
        return value;
    }

    private static void make(Path directory, String name, List<String> hosts, PrintStream out)
            throws IOException, GeneralSecurityException {
        Path authorityFile = directory.resolve("ca.pem");
        Path authorityKeyFile = directory.resolve("ca-key.pem");
        Path certificateFile = directory.resolve(name + ".pem");
        Path keyFile = directory.resolve(name + "-key.pem");
        for (Path file : List.of(certificateFile, keyFile)) {
            if (Files.exists(file)) {
                throw new IOException(file + " exists; --name makes another");
            }
        }
        Files.createDirectories(directory);
        SystemEnv env = new SystemEnv();
        CertificateMaker maker = new CertificateMaker(env);
        CertifiedKey authority;
        if (Files.exists(authorityFile)) {
            authority = KeyFiles.read(authorityFile, authorityKeyFile);
        } else {
            authority = maker.selfSigned(maker.content(authorityName(env), List.of(), true, AUTHORITY_YEARS));
            KeyFiles.write(authorityKeyFile, authority.key());
            KeyFiles.write(authorityFile, authority.chain());
        }
        CertifiedKey node = maker.signedBy(authority, maker.content("Qomo " + name, hosts, false, NODE_YEARS));
        KeyFiles.write(keyFile, node.key());
        KeyFiles.write(certificateFile, node.chain());
        out.println("a certificate for " + String.join(", ", hosts) + ", good for a year; start nodes with");
        out.println(Stream.of(
                        " ", "--cluster-cert", certificateFile, "--cluster-key", keyFile, "--cluster-ca", authorityFile)
                .map(String::valueOf)
                .reduce((left, right) -> left + " " + right)
                .orElseThrow());
        out.println("whoever has " + authorityKeyFile + " can make nodes: keep it away from them");
    }

    /// Another for each, so that a refusal tells one from the other.
    private static String authorityName(SystemEnv env) {
        byte[] random = new byte[4];
        env.secureRandom(random);
        return "Qomo cluster authority " + HexFormat.of().formatHex(random);
    }
}
