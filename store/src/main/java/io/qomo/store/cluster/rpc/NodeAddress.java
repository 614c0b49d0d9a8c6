package io.qomo.store.cluster.rpc;

/// Where a node's cluster listener is.
///
/// @param host a name or an IP literal, without brackets
/// @param port 0 means any free port and is no address of a peer
public record NodeAddress(String host, int port) {
    /// Checks the port and that there is a host.
    public NodeAddress {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address: '" + host + "' port " + port);
        }
    }

    /// Reads `host:port`; an IPv6 literal stands in brackets.
    public static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not host:port: '" + text + "'");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not host:port: '" + text + "'", e);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
