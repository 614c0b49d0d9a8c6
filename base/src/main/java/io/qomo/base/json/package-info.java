/// JSON documents in binary form: reading a member of one parses nothing else of it.
///
/// Entry types: [io.qomo.base.json.JsonValue], a view on a value within a document's bytes;
/// [io.qomo.base.json.JsonParser] and [io.qomo.base.json.JsonBuilder], which make documents;
/// [io.qomo.base.json.JsonPrinter]; [io.qomo.base.json.JsonPath]; [io.qomo.base.json.JsonOrder]
/// (comparison, hash, sort key); [io.qomo.base.json.JsonEdit] and [io.qomo.base.json.JsonMatch], the work
/// of the JSON functions; [io.qomo.base.json.JsonSchema]. The format is drawn in JsonFormat. A document is the bytes of
/// a JSON column or
/// expression; it is never written to.
@NullMarked
package io.qomo.base.json;

import org.jspecify.annotations.NullMarked;
