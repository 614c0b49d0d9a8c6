/// The MySQL 8.0 client/server protocol: sockets in, sessions out.
///
/// Entry type: [io.qomo.serve.mysql.MySqlServer]. One platform thread serves one connection with blocking
/// I/O:
///
/// ```
/// MySqlServer  accepts, counts, watches deadlines, stops
///   Connection      the thread of one client: Handshake, then CommandLoop, then everything is given back
///     Channel       its socket, packets, deadlines, and the OK, ERR and EOF packets
///     Handshake     greeting, TLS, Authenticator, session
///     CommandLoop   one command after another; Statements for the prepared ones
///       ResultWriter  what a session answers, on its way out
/// ```
///
/// Invariants: \[I1] whatever arrives on a socket harms no other connection: it ends in an error packet or
/// in the end of this connection. \[I2] a session is closed exactly when its connection ends, however it
/// ends. \[I3] nothing that belongs to a client is kept after its connection: no thread, no file, no buffer.
/// SQL, privileges and transactions do not belong here; they are behind
/// [io.qomo.serve.session.api.Session].
@NullMarked
package io.qomo.serve.mysql;

import org.jspecify.annotations.NullMarked;
