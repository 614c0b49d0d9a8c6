package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.serve.cluster.GatewayServer;
import io.qomo.serve.lock.LocalUserLocks;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.lock.UserLocks;
import io.qomo.serve.meta.ChangeListener;
import io.qomo.serve.session.Neighbours;

/// What a SQL server shares with others.
///
/// @param owner names what it leaves unfinished
record Surroundings(
        MetadataLocks locks, UserLocks userLocks, ChangeListener listener, Neighbours neighbours, String owner) {
    /// Nothing.
    static Surroundings alone(Env env) {
        return new Surroundings(
                new MetadataLocks(env), new LocalUserLocks(env), ChangeListener.NONE, Neighbours.NONE, "");
    }

    static Surroundings of(GatewayServer gateway) {
        return new Surroundings(gateway.locks(), gateway.client(), gateway.client(), gateway, gateway.ownerName());
    }
}
