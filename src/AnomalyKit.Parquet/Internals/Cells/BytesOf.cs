using System.Numerics;
using ParquetSharp;

namespace AnomalyKit.Parquet.Cells;

/// <summary>The bytes behind native pointers. They hold until the next call of the library.</summary>
internal static class BytesOf
{
    public static unsafe ReadOnlySpan<byte> Cell(ByteArray cell) =>
        cell.Length >= 0 ? new((void*)cell.Pointer, cell.Length) : throw new InvalidDataException("a cell is longer than 2 GB");

    public static unsafe ReadOnlySpan<byte> Cell(FixedLenByteArray cell, int length) => new((void*)cell.Pointer, length);

    /// <summary>A decimal's digits: two's complement, the highest byte first.</summary>
    public static BigInteger Unscaled(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: false, isBigEndian: true);
}
