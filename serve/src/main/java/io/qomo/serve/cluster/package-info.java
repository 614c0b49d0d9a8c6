/// Servers of one cluster as one: metadata locks, user locks, changes of the schema, of accounts and of global
/// variables hold on all nodes.
///
/// ```
///   session ── LeaderClient ──→ LeaderDesk (on the node that leads) ──→ ForeignLocks, caches (on every node)
/// ```
/// Statements lock names on their own node only. Who changes the schema asks the desk, which takes the lock in its own
/// table, so that there is one order, then on every other node. What a node holds it tells each new leader; the desk
/// answers nobody until all gateways have told theirs or are let in no more
/// (`io.qomo.store.txn.remote.Gateway`).
@NullMarked
package io.qomo.serve.cluster;

import org.jspecify.annotations.NullMarked;
