package io.qomo.serve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `qomo status`: what a running node says of itself over HTTP.
final class StatusCommand {
    private static final int TIMEOUT_MS = 5_000;
    /// A fact in the node's JSON, whose strings are escaped as Java's are.
    private static final Pattern FACT =
            Pattern.compile("\\{\"name\":\"((?:[^\"\\\\]|\\\\.)*)\",\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"}");

    private StatusCommand() {}

    /// Prints the facts, one on each line; returns the exit status.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String address = "127.0.0.1:4001";
        if (arguments.size() == 2 && arguments.getFirst().equals("--http")) {
            address = arguments.get(1);
        } else if (!arguments.isEmpty()) {
            throw new UsageException("qomo status takes --http HOST:PORT only");
        }
        String json;
        try {
            json = fetch(URI.create("http://" + address + "/api/status"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--http takes HOST:PORT, not '" + address + "'");
        } catch (IOException e) {
            err.println("qomo: no node answers at http://" + address + ": " + e.getMessage());
            return 1;
        }
        Matcher fact = FACT.matcher(json);
        while (fact.find()) {
            out.printf("%-18s %s%n", fact.group(1), fact.group(2).translateEscapes());
        }
        return 0;
    }

    private static String fetch(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }
}
