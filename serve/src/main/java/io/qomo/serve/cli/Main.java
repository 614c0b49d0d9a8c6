package io.qomo.serve.cli;

import io.qomo.serve.node.Version;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `java -jar qomo.jar COMMAND …`.
public final class Main {
    private static final String HELP = """
            usage: java -jar qomo.jar COMMAND
              start [--data-dir DIR] [--host H] [--port P] [--http-port P] [--memory SIZE]
                        run a server in the foreground (defaults: ./qomo-data 127.0.0.1 4000 4001 1g; port 0: any free
                        one; SIZE such as 512m or 1.5g: how the store divides it, the heap is the JVM's -Xmx)
                    [--cluster-port P [--join H:P,…] [--cluster-host H] [--cluster-secret FILE]
                        [--cluster-cert FILE --cluster-key FILE --cluster-ca FILE]]
                        as a node of a cluster: without --join as its first, with it as one more; with certificates
                        (PEM) nodes speak TLS, and each shows one that the CA has signed
                        [--replace-after SECONDS]: when the replica of a node that is gone is given up (300)
              node remove|lead ID --at H:P [--cluster-secret FILE] [--cluster-cert FILE …]
                        take a node out of the cluster for good, or have it lead; H:P: any node's cluster port
              cluster certs DIR [--hosts A,B] [--name NAME]
                        make a CA, or take that in DIR, and a node's certificate for these hosts, to try TLS out
              status [--http H:P]
                        what a running node says of itself (default 127.0.0.1:4001)
              sql [-h H] [-P P] [-u U] [-p[PW]] [-D DB] [--ssl-mode=MODE] [--ssl-ca FILE] [-t] [-e SQL | FILE...]
                        an interactive shell, or run statements from SQL, FILE or standard input (-t: draw tables;
                        MODE as of the mysql client; PREFERRED is in clear on this machine unless the account needs TLS)
              version   print the version
              help      print this
            """;

    private Main() {}

    /// Runs a command and exits with its status: 0 well, 1 failed, 2 wrong usage.
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int status;
        try {
            status = run(Arguments.of(args), out, err);
        } catch (UsageException e) {
            err.println("qomo: " + e.getMessage());
            status = 2;
        } catch (IOException e) {
            err.println("qomo: " + e.getMessage());
            status = 1;
        }
        out.flush();
        err.flush();
        System.exit(status);
    }

    /// UTF-8, whatever the locale, and bytes as they are.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14), false, StandardCharsets.UTF_8);
    }

    private static int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
        String command = args.isEmpty() || rest.contains("--help") ? "help" : args.getFirst();
        return switch (command) {
            case "start" -> StartCommand.run(StartOptions.parse(rest), out, err);
            case "node" -> NodeCommand.run(rest, out, err);
            case "cluster" -> CertificatesCommand.run(rest, out, err);
            case "status" -> StatusCommand.run(rest, out, err);
            case "train" -> Training.run();
            case "sql" -> new SqlShell(SqlOptions.parse(rest, System.getenv()), out, err).run();
            case "version", "--version", "-V" -> {
                out.println("qomo " + Version.NUMBER);
                yield 0;
            }
            case "help", "--help", "-h" -> {
                out.print(HELP);
                yield 0;
            }
            default -> throw new UsageException("unknown command '" + command + "'; `help` lists the commands");
        };
    }
}
