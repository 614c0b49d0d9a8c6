package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.NodeAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/// What the parts of one transport share.
///
/// @param self     this node's address
/// @param clock    nanoseconds since the transport was made, never 0
/// @param writers  threads that may wait for a peer to take its bytes
/// @param blocking threads for blocking services; refuses beyond the limit
/// @param events   one thread, in order: failures and listeners
/// @param alarm    has the ticker look around not later than at a time of the clock
record Wiring(
        NodeAddress self,
        TcpOptions options,
        HandshakePolicy policy,
        Env env,
        LongSupplier clock,
        Meters meters,
        Complaints complaints,
        ExecutorService writers,
        ExecutorService blocking,
        Executor events,
        LongConsumer alarm) {
    /// Why a handshake over TLS failed.
    String tlsReason(SSLException e) {
        return "TLS: " + options.security().tls().map(tls -> tls.reason(e)).orElse(String.valueOf(e.getMessage()));
    }
}
