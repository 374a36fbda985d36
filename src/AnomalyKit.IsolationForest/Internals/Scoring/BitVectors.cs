using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>One bit per row for a tile of rows: what the bit-sliced kernel computes with, written once for every width.</summary>
internal interface IBitVector<TSelf>
    where TSelf : unmanaged, IBitVector<TSelf>
{
    /// <summary>The rows of a tile: a multiple of 64.</summary>
    static abstract int Rows { get; }

    static abstract TSelf AllOnes { get; }

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>a and not b.</summary>
    static abstract TSelf AndNot(TSelf a, TSelf b);
}

/// <summary>64 rows in a general-purpose register: for machines without vectors, and the narrow reference of the others.</summary>
internal readonly struct Bits64(ulong value) : IBitVector<Bits64>
{
    private readonly ulong _value = value;

    public static int Rows => 64;

    public static Bits64 AllOnes => new(ulong.MaxValue);

    public static Bits64 operator &(Bits64 a, Bits64 b) => new(a._value & b._value);

    public static Bits64 operator |(Bits64 a, Bits64 b) => new(a._value | b._value);

    public static Bits64 operator ^(Bits64 a, Bits64 b) => new(a._value ^ b._value);

    public static Bits64 AndNot(Bits64 a, Bits64 b) => new(a._value & ~b._value);
}

/// <summary>128 rows in a vector register (SSE2, NEON).</summary>
internal readonly struct Bits128(Vector128<ulong> value) : IBitVector<Bits128>
{
    private readonly Vector128<ulong> _value = value;

    public static int Rows => 128;

    public static Bits128 AllOnes => new(Vector128<ulong>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits128 operator &(Bits128 a, Bits128 b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits128 operator |(Bits128 a, Bits128 b) => new(a._value | b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits128 operator ^(Bits128 a, Bits128 b) => new(a._value ^ b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits128 AndNot(Bits128 a, Bits128 b) => new(Vector128.AndNot(a._value, b._value));
}

/// <summary>256 rows in a vector register (AVX2).</summary>
internal readonly struct Bits256(Vector256<ulong> value) : IBitVector<Bits256>
{
    private readonly Vector256<ulong> _value = value;

    public static int Rows => 256;

    public static Bits256 AllOnes => new(Vector256<ulong>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator &(Bits256 a, Bits256 b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator |(Bits256 a, Bits256 b) => new(a._value | b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator ^(Bits256 a, Bits256 b) => new(a._value ^ b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 AndNot(Bits256 a, Bits256 b) => new(Vector256.AndNot(a._value, b._value));
}

/// <summary>512 rows in a vector register (AVX-512).</summary>
internal readonly struct Bits512(Vector512<ulong> value) : IBitVector<Bits512>
{
    private readonly Vector512<ulong> _value = value;

    public static int Rows => 512;

    public static Bits512 AllOnes => new(Vector512<ulong>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator &(Bits512 a, Bits512 b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator |(Bits512 a, Bits512 b) => new(a._value | b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator ^(Bits512 a, Bits512 b) => new(a._value ^ b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 AndNot(Bits512 a, Bits512 b) => new(Vector512.AndNot(a._value, b._value));
}
