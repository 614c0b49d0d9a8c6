/// A whole cluster in one thread: virtual time, seeded chance, and faults between nodes that run the
/// real code of transactions, locks, routing and services.
///
/// Entry type: [io.qomo.store.simulation.SimulationTest]. What is not real: the network
/// ([io.qomo.store.simulation.Network]), threads and clocks ([io.qomo.store.simulation.Simulation]), the
/// disk, and consensus, of which [io.qomo.store.cluster.raft.SimulatedMember] is a small model.
///
/// Threads of the nodes are virtual ones whose scheduler is the simulation: they run one at a time and
/// change places only where they park or read the store. Code under simulation must not park while it
/// holds a monitor (contended monitors are handed over by a thread of the JVM, at a moment nobody can
/// repeat), must not wait for real time, and must not walk a hash table of objects without a `hashCode`
/// of their own. The first two stop a run, the third shows as a trace that differs.
@NullMarked
package io.qomo.store.simulation;

import org.jspecify.annotations.NullMarked;
