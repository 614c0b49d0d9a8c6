/// What a client connection needs of the server, free of any wire format: the protocol, the embedded driver and tests
/// drive sessions through these types.
///
/// Entry types: [io.qomo.serve.session.api.SqlService] and [io.qomo.serve.session.api.Session].
@NullMarked
package io.qomo.serve.session.api;

import org.jspecify.annotations.NullMarked;
