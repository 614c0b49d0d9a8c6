package io.qomo.base.bytes;

/// A [ByteBuilder] would have grown beyond its limit. Thrown and caught within one function call, so it has no stack.
public final class LengthExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Without a stack.
    public LengthExceededException() {
        super(null, null, false, false);
    }
}
