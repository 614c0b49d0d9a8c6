package io.qomo.store.txn.remote;

/// A node that runs statements, from one registration to the next.
///
/// @param node        its number
/// @param incarnation never given twice
public record Gateway(long node, long incarnation) {}
