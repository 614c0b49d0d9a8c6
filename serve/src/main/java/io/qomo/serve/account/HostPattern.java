package io.qomo.serve.account;

import java.net.InetAddress;
import java.util.Arrays;

/// How the host of an account and the name of a database in a grant match: `%` any characters, `_` one, `\` takes the
/// next one as it is; hosts also as `address/mask` or `address/bits`.
final class HostPattern {
    private HostPattern() {}

    /// True if a client's host (its address, `localhost` for loopback) belongs to the pattern.
    static boolean matchesHost(String pattern, String host) {
        if (pattern.indexOf('/') > 0) {
            return matchesNetwork(pattern, host.equals("localhost") ? "127.0.0.1" : host);
        }
        return matches(pattern, host)
                || (host.equals("localhost") && (matches(pattern, "127.0.0.1") || matches(pattern, "::1")));
    }

    /// The order in which patterns are tried: exact ones, networks, then by how late the first wildcard comes.
    static int compareSpecificity(String a, String b) {
        return Integer.compare(rank(b), rank(a));
    }

    private static int rank(String pattern) {
        if (pattern.indexOf('/') > 0) {
            return Integer.MAX_VALUE - 1;
        }
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '%' || c == '_') {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    /// True if `text` matches; case counts.
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int starP = -1;
        int starT = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : '\0';
            boolean isEscaped = c == '\\' && p + 1 < pattern.length();
            if (p < pattern.length() && c == '%') {
                starP = p;
                starT = t;
                p++;
            } else if (p < pattern.length()
                    && (isEscaped ? pattern.charAt(p + 1) == text.charAt(t) : c == '_' || c == text.charAt(t))) {
                p += isEscaped ? 2 : 1;
                t++;
            } else if (starP >= 0) {
                p = starP + 1;
                starT++;
                t = starT;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean matchesNetwork(String pattern, String host) {
        int slash = pattern.indexOf('/');
        byte[] network = address(pattern.substring(0, slash));
        byte[] client = address(host);
        byte[] mask = mask(pattern.substring(slash + 1), network.length);
        if (network.length == 0 || client.length != network.length || mask.length != network.length) {
            return false;
        }
        for (int i = 0; i < network.length; i++) {
            if ((client[i] & mask[i]) != (network[i] & mask[i])) {
                return false;
            }
        }
        return true;
    }

    private static byte[] mask(String text, int length) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return address(text);
        }
        byte[] mask = new byte[length];
        int bits = Math.min(Integer.parseInt(text.substring(0, Math.min(text.length(), 4))), length * 8);
        Arrays.fill(mask, 0, bits / 8, (byte) 0xFF);
        if (bits % 8 != 0) {
            mask[bits / 8] = (byte) (0xFF << (8 - bits % 8));
        }
        return mask;
    }

    private static byte[] address(String text) {
        boolean isLiteral =
                !text.isEmpty() && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
        if (!isLiteral || (text.indexOf('.') < 0 && text.indexOf(':') < 0)) {
            return new byte[0];
        }
        try {
            // A literal: no name is looked up.
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
