package io.qomo.junit;

import io.qomo.Qomo;

/// An empty database of one test.
///
/// @param server the node it lies in, shared by the tests of this JVM
/// @param name of the database
public record QomoDatabase(Qomo server, String name) {
    /// A URL for MySQL Connector/J; user `root`, empty password.
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /// A URL for MariaDB Connector/J; user `root`, empty password.
    public String mariadbJdbcUrl() {
        return server.mariadbJdbcUrl(name);
    }
}
