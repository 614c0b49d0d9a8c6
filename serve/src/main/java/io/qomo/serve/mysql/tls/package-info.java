/// Keys: the certificate a server shows over TLS, and the RSA key under which clients without TLS send
/// their password.
///
/// Entry type: [io.qomo.serve.mysql.tls.ServerKeys]. Keys are made when first needed, so that a start pays
/// nothing.
@NullMarked
package io.qomo.serve.mysql.tls;

import org.jspecify.annotations.NullMarked;
