/// Users, roles and what they may do.
///
/// Entry types: [io.qomo.serve.account.AccountStore] (what is stored), [io.qomo.serve.account.Access] (what one session
/// may do) and [io.qomo.serve.account.AccountStatements] (CREATE USER to REVOKE). How passwords are proved on the wire
/// belongs to the protocol.
@NullMarked
package io.qomo.serve.account;

import org.jspecify.annotations.NullMarked;
