/// Keys and certificates: how they are made, kept in files, and shown by both sides of a connection.
///
/// Entry types: [io.qomo.base.tls.MutualTls] for connections between nodes, [io.qomo.base.tls.KeyFiles] for
/// files, [io.qomo.base.tls.CertificateMaker] for certificates that are made here.
///
/// What does not belong here: what a client of the MySQL protocol is shown, and passwords.
@NullMarked
package io.qomo.base.tls;

import org.jspecify.annotations.NullMarked;
