/// Passes clients on to the node that serves them.
///
/// Entry types: [io.qomo.serve.forward.ClientListener], which every node of a cluster has for its clients,
/// and [io.qomo.serve.forward.ForwardListener], where the serving node takes those of others. A client is
/// passed on as the bytes it sends, encrypted or not; the node it came to says where it is, and proves that
/// it may say so.
///
/// What does not belong here: the MySQL protocol.
@NullMarked
package io.qomo.serve.forward;

import org.jspecify.annotations.NullMarked;
