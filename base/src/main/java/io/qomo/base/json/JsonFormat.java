package io.qomo.base.json;

/// The binary form of JSON.
///
/// ```
/// document   version, 1 | value
/// value      tag, payload
///   00        null
///   01, 02    false, true
///   10..18    integer, 0 to 8 bytes two's complement BE
///   19        unsigned integer above 2^63 - 1, 8 bytes BE
///   1A        double, 8 bytes BE
///   1B        decimal: scale, 1 byte | length, 1 byte | unscaled, two's complement BE
///   20        string: length, LEB128 | UTF-8
///   30 31 32  date, time, datetime: packed as in Temporal, 8 bytes BE
///   38        opaque: MYSQL_TYPE_* number, 1 byte | length, LEB128 | bytes
///   40..42    array;  w = 1, 2, 4 bytes for each number, BE
///             size w (of the whole value, tag included) | count w | offset of each value w, from the tag | values
///   44..46    object; w as above
///             size w | count w | offset of each key w, and of the end of the last | offset of each value w
///             | keys | values
/// ```
/// \[I1] The keys of an object are distinct and sorted by length, then by bytes, so that a member is found
/// by binary search; the values are in the order of the keys. \[I2] A value does not depend on its position:
/// subtrees are copied as bytes. \[I3] Containers nest at most 100 deep.
final class JsonFormat {
    static final byte VERSION = 1;
    static final int MAX_DEPTH = 100;

    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int INTEGER = 0x10;
    static final int UNSIGNED = 0x19;
    static final int DOUBLE = 0x1A;
    static final int DECIMAL = 0x1B;
    static final int STRING = 0x20;
    static final int DATE = 0x30;
    static final int TIME = 0x31;
    static final int DATETIME = 0x32;
    static final int OPAQUE = 0x38;
    static final int ARRAY = 0x40;
    static final int OBJECT = 0x44;

    private JsonFormat() {}

    /// The number of `1 << width` bytes at a position.
    static int number(byte[] bytes, int at, int width) {
        return switch (width) {
            case 0 -> bytes[at] & 0xFF;
            case 1 -> (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
            default ->
                bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
        };
    }

    /// The order of keys in an object: by length, then by bytes.
    static int compareKeys(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return Integer.compare(aLength, bLength);
        }
        return java.util.Arrays.compareUnsigned(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    }
}
