/// A node's membership in a cluster: who it is, how it came in, who else is there.
///
/// Entry type: [io.qomo.store.member.Member]. It opens the shared log, the replica, the transport and the
/// group, and gives the [io.qomo.store.Store] over them.
///
/// Kept on every node in `cluster/identity`, and for the cluster as a whole in META of the group:
///
/// ```
/// node/ id(8)   text: the address of the node
/// ```
///
/// What does not belong here: SQL.
@NullMarked
package io.qomo.store.member;

import org.jspecify.annotations.NullMarked;
