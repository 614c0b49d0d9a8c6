package io.qomo.serve.mysql;

import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.Session;

/// A client that has proven who it is.
///
/// @param session opened for it
/// @param info what the session was told
/// @param client what the client said
/// @param nonce of the handshake, which COM_CHANGE_USER uses again
record Login(Session session, ClientInfo info, HandshakeResponse client, byte[] nonce) {}
