/// A checker of transaction histories: list append with cycle search.
///
/// Source: Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", VLDB 2020; Adya,
/// "Weak Consistency", 1999. Transactions append unique numbers to lists and read whole lists, so a read tells the
/// order
/// of all writes before it, and from that the dependencies between transactions follow:
///
/// - ww: one append stands right before the other's in a list
/// - wr: the other read a list that ends with the one's append
/// - rw: the one read a list to which the other's append came next
///
/// Entry type: [io.qomo.testing.history.HistoryChecker].
@NullMarked
package io.qomo.testing.history;

import org.jspecify.annotations.NullMarked;
