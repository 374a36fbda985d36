using AnomalyKit.Affine;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>s = Wᵀ y: takes images back to slopes in the columns. W is triangular or nearly so, and what is zero at its top is left out.</summary>
internal sealed class BackMap
{
    /// <summary>Lays W out for the kernels.</summary>
    /// <param name="matrix">W, row-major: one row an image column, of <paramref name="columns"/> numbers.</param>
    /// <param name="columns">The number of columns.</param>
    public BackMap(ReadOnlySpan<double> matrix, int columns)
    {
        Inputs = matrix.Length / columns;
        Stride = Blocks.RoundUp(columns, AffineMap.Chunk);
        Weights = new double[Math.Max(1, Inputs) * Stride];
        Starts = new int[Stride / AffineMap.Chunk];
        Array.Fill(Starts, Inputs);
        for (int i = Inputs - 1; i >= 0; i--)
        {
            for (int j = 0; j < columns; j++)
            {
                Weights[(i * Stride) + j] = matrix[(i * columns) + j];
                if (matrix[(i * columns) + j] != 0)
                    Starts[j / AffineMap.Chunk] = i;
            }
        }
    }

    public int Inputs { get; }

    /// <summary>Doubles a row of slopes.</summary>
    public int Stride { get; }

    public double[] Weights { get; }

    /// <summary>For each chunk of columns, the first image column that counts.</summary>
    public int[] Starts { get; }
}
