package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.tls.MutualTls;
import io.qomo.store.cluster.rpc.NodeAddress;
import java.time.Duration;
import java.util.Optional;

/// How a node listens and calls.
///
/// @param listen     where to listen; port 0 takes any free one
/// @param advertised what to tell peers; empty tells `listen` with the port in use
/// @param security   how peers prove who they are
/// @param limits     how much of everything
/// @param timing     how long to wait
/// @param versions   the protocol versions to speak
public record TcpOptions(
        NodeAddress listen,
        Optional<NodeAddress> advertised,
        Security security,
        Limits limits,
        Timing timing,
        ProtocolVersions versions) {
    /// The defaults, on an address.
    public static TcpOptions of(NodeAddress listen, Security security) {
        return new TcpOptions(
                listen, Optional.empty(), security, Limits.DEFAULT, Timing.DEFAULT, ProtocolVersions.SUPPORTED);
    }

    /// The same with other limits.
    public TcpOptions withLimits(Limits other) {
        return new TcpOptions(listen, advertised, security, other, timing, versions);
    }

    /// The same with another timing.
    public TcpOptions withTiming(Timing other) {
        return new TcpOptions(listen, advertised, security, limits, other, versions);
    }

    /// The same, speaking other versions.
    public TcpOptions withVersions(ProtocolVersions other) {
        return new TcpOptions(listen, advertised, security, limits, timing, other);
    }

    /// How peers prove who they are; both proofs may be asked for.
    ///
    /// @param secret what all nodes know, random and long: who listens in can try out guesses; empty asks
    ///     for none
    /// @param tls    makes connections private and has both sides show a certificate
    public record Security(byte[] secret, Optional<MutualTls> tls) {
        /// Lets everybody in.
        public static final Security NONE = new Security(new byte[0], Optional.empty());

        /// Takes a copy of the secret.
        public Security {
            secret = secret.clone();
        }

        @Override
        public byte[] secret() {
            return secret.clone();
        }

        /// Whether peers prove anything.
        public boolean isAsked() {
            return secret.length > 0 || tls.isPresent();
        }

        /// Asks for the secret alone.
        public static Security secret(byte[] secret) {
            return new Security(secret, Optional.empty());
        }

        @Override
        public String toString() {
            return "Security[secret=" + (secret.length > 0) + ", tls=" + tls.isPresent() + "]";
        }
    }

    /// How much of everything.
    ///
    /// @param maxFrameBytes      the longest message
    /// @param maxOutgoingBytes   what may wait to be sent to one peer, beyond one message
    /// @param maxBlockingThreads threads that answer requests of blocking services
    /// @param maxHandshakes      strangers at the door
    public record Limits(int maxFrameBytes, long maxOutgoingBytes, int maxBlockingThreads, int maxHandshakes) {
        /// 256 MiB, 64 MiB, 1,024 and 64.
        public static final Limits DEFAULT = new Limits(256 << 20, 64L << 20, 1024, 64);

        /// Checks that all are positive.
        public Limits {
            if (maxFrameBytes < 1 || maxOutgoingBytes < 1 || maxBlockingThreads < 1 || maxHandshakes < 1) {
                throw new IllegalArgumentException("limit below 1");
            }
        }
    }

    /// How long to wait.
    ///
    /// @param connect   for a TCP connection
    /// @param handshake for the whole handshake
    /// @param silence   for a sign of life; the same on all nodes, for each gives signs after a quarter to a
    ///     half of it
    /// @param write     for a peer to take what is written, while it gives signs of life
    /// @param backoff   before the second attempt to connect; doubles up to `maxBackoff`
    /// @param maxBackoff before further attempts
    /// @param idle      for work, before a thread ends
    public record Timing(
            Duration connect,
            Duration handshake,
            Duration silence,
            Duration write,
            Duration backoff,
            Duration maxBackoff,
            Duration idle) {
        /// 1 s, 5 s, 3 s, 10 s, 50 ms, 1 s and 10 s.
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));

        /// The same with another limit of silence.
        public Timing withSilence(Duration other) {
            return new Timing(connect, handshake, other, write, backoff, maxBackoff, idle);
        }

        /// The same with another limit of a write.
        public Timing withWrite(Duration other) {
            return new Timing(connect, handshake, silence, other, backoff, maxBackoff, idle);
        }

        /// The same with other pauses between attempts to connect.
        public Timing withBackoff(Duration first, Duration longest) {
            return new Timing(connect, handshake, silence, write, first, longest, idle);
        }

        /// The same with another limit of a handshake.
        public Timing withHandshake(Duration other) {
            return new Timing(connect, other, silence, write, backoff, maxBackoff, idle);
        }
    }
}
