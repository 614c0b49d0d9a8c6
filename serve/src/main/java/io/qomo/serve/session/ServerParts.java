package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.query.exec.Executor;
import io.qomo.query.optimize.Planner;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.lock.UserLocks;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.schema.CatalogStore;
import io.qomo.serve.schema.SchemaStatements;
import io.qomo.serve.schema.StatisticsSource;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.store.Store;
import java.time.ZoneId;

/// What a server is made of.
///
/// @param env clock, chance, threads
/// @param store the data
/// @param meta the server's own records
/// @param catalog the schema
/// @param schema changes it
/// @param statistics of tables
/// @param accounts users and roles
/// @param variables the server's system variables
/// @param locks on names
/// @param userLocks GET_LOCK's
/// @param neighbours the other servers of the cluster
/// @param planner plans statements
/// @param executor runs plans
/// @param memory of all statements together
/// @param counters SHOW STATUS
/// @param systemZone what SYSTEM means in time_zone
/// @param version as in the handshake
public record ServerParts(
        Env env,
        Store store,
        MetaStore meta,
        CatalogStore catalog,
        SchemaStatements schema,
        StatisticsSource statistics,
        AccountStore accounts,
        GlobalVariables variables,
        MetadataLocks locks,
        UserLocks userLocks,
        Neighbours neighbours,
        Planner planner,
        Executor executor,
        MemoryAccount memory,
        StatusCounters counters,
        ZoneId systemZone,
        String version) {}
