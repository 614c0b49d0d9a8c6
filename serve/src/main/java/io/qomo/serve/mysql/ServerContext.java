package io.qomo.serve.mysql;

import io.qomo.base.env.Env;
import io.qomo.serve.mysql.tls.ServerKeys;
import io.qomo.serve.session.api.SqlService;

/// What all connections of a server share.
record ServerContext(SqlService service, ListenerOptions options, Env env, PasswordCache passwords, ServerKeys keys) {}
