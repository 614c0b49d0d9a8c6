package io.qomo.serve.session.api;

/// An account as authentication needs it.
///
/// @param user the name of the account
/// @param host the host pattern of the account
/// @param plugin `caching_sha2_password` or `mysql_native_password`
/// @param authenticationString the stored verifier in MySQL's format of the plugin; empty means no password
/// @param locked error 3118 after a correct password
/// @param expired only SET PASSWORD / ALTER USER is allowed (error 1820)
/// @param requiresTls refuse plain connections
public record Account(
        String user,
        String host,
        String plugin,
        byte[] authenticationString,
        boolean locked,
        boolean expired,
        boolean requiresTls) {}
