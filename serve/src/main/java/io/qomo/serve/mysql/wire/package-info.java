/// MySQL's framing: packets, their integers and strings, compression. Knows no commands and no sessions.
///
/// Entry types: [io.qomo.serve.mysql.wire.PacketReader] and [io.qomo.serve.mysql.wire.PacketWriter]. A
/// packet is
///
/// ```
/// offset 0  3 bytes  payload length, little endian; 0xFFFFFF: the payload goes on in the next packet
/// offset 3  1 byte   sequence number, counted over both directions from 0 at each command, wrapping at 256
/// offset 4  payload
/// ```
///
/// Invariants: \[I1] a length on the wire never makes the reader allocate more than twice the bytes that
/// have arrived. \[I2] nothing is buffered beyond one packet and one flush threshold. Source: MySQL manual,
/// "Client/Server Protocol".
@NullMarked
package io.qomo.serve.mysql.wire;

import org.jspecify.annotations.NullMarked;
