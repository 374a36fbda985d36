namespace AnomalyKit;

/// <summary>The Sobol sequence (I. M. Sobol, 1967) in the order of Gray's code (I. A. Antonov, V. M. Saleev, 1979), in units of 2⁻³².</summary>
internal static class SobolSequence
{
    public const int MaxDimensions = 64;
    private const int Bits = 32;

    private static readonly uint[][] Directions = [.. Enumerable.Range(0, MaxDimensions).Select(DirectionsOf)];

    /// <summary>A coordinate of a point.</summary>
    public static uint Coordinate(uint index, int dimension)
    {
        uint gray = index ^ (index >> 1);
        uint value = 0;
        for (int bit = 0; gray != 0; bit++, gray >>= 1)
            value ^= (gray & 1) * Directions[dimension][bit];
        return value;
    }

    private static uint[] DirectionsOf(int dimension)
    {
        var m = new uint[Bits];
        if (dimension == 0)
        {
            Array.Fill(m, 1u);
        }
        else
        {
            uint[] row = SobolNumbers.Table[dimension - 1];
            uint polynomial = row[0];
            int degree = row.Length - 1;
            for (int k = 0; k < Bits; k++)
                m[k] = k < degree ? row[k + 1] : Next(m, k, polynomial, degree);
        }

        for (int k = 0; k < Bits; k++)
            m[k] <<= Bits - 1 - k;
        return m;
    }

    private static uint Next(uint[] m, int k, uint polynomial, int degree)
    {
        uint next = m[k - degree] ^ (m[k - degree] << degree);
        for (int i = 1; i < degree; i++)
            next ^= ((polynomial >> (degree - i)) & 1) * (m[k - i] << i);
        return next;
    }
}
