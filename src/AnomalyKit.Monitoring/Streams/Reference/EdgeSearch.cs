using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnomalyKit.Monitoring.Reference;

/// <summary>Finds values among at most 255 distinct rising ones: eight comparisons, none of them a branch.</summary>
internal sealed class EdgeSearch
{
    private const int Size = 255;

    // Padded with NaN, and one more for the comparison at the end.
    private readonly double[] _edges = new double[Size + 1];

    public EdgeSearch(double[] distinct)
    {
        if (distinct.Length > Size)
            throw new ArgumentOutOfRangeException(nameof(distinct), distinct.Length, $"At most {Size} values can be searched.");
        Array.Fill(_edges, double.NaN);
        distinct.CopyTo(_edges, 0);
    }

    /// <summary>Twice the number of values below, plus 1 where the value itself is among them.</summary>
    public int CellOf(double value)
    {
        // Comparisons with the padding, NaN, are false: as if it were above all values. Positions stay below 255 + 1 by construction.
        ref double edges = ref MemoryMarshal.GetArrayDataReference(_edges);
        nint below = 0;
        below += Below(ref edges, below + 127, value) << 7;
        below += Below(ref edges, below + 63, value) << 6;
        below += Below(ref edges, below + 31, value) << 5;
        below += Below(ref edges, below + 15, value) << 4;
        below += Below(ref edges, below + 7, value) << 3;
        below += Below(ref edges, below + 3, value) << 2;
        below += Below(ref edges, below + 1, value) << 1;
        below += Below(ref edges, below, value);
        return (int)((below << 1) + (Unsafe.Add(ref edges, below) == value ? 1 : 0));
    }

    // Two constants become no branch, which would be mispredicted half of the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Below(ref double edges, nint at, double value) => Unsafe.Add(ref edges, at) < value ? 1 : 0;
}
