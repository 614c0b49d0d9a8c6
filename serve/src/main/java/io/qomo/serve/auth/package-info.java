/// How passwords are stored and proven, in MySQL's formats; free of packets and sessions, so that both the
/// protocol and CREATE USER use it.
///
/// Entry type: [io.qomo.serve.auth.Verifiers]. A *verifier* is what the server keeps of a password (MySQL's
/// `authentication_string`); a *reply* is what a client sends to show that it knows the password:
///
/// ```
/// mysql_native_password   verifier  '*' HEX(SHA1(SHA1(password)))
///                         reply     SHA1(password) XOR SHA1(nonce || SHA1(SHA1(password)))
/// caching_sha2_password   verifier  '$A$005$' 20 bytes of salt, 43 characters of sha256-crypt, 5 * 1000 rounds
///                         reply     SHA256(password) XOR SHA256(SHA256(SHA256(password)) || nonce)
/// ```
///
/// The second reply can only be checked by who knows SHA256(SHA256(password)), so the server keeps that in
/// memory after the first time a client has shown the password itself. Source: MySQL manual, "Caching SHA-2
/// Pluggable Authentication" and "Native Pluggable Authentication".
@NullMarked
package io.qomo.serve.auth;

import org.jspecify.annotations.NullMarked;
