using AnomalyKit.Numerics;

namespace AnomalyKit.Affine;

/// <summary>y = W (x − center): W is whitening by a triangular factor or by eigenvectors. Columns of W may be zero: those inputs are ignored.</summary>
internal sealed class AffineMap
{
    /// <summary>Outputs are padded to a multiple of two of the widest vectors.</summary>
    public const int Chunk = 16;

    /// <summary>Lays W out for the kernels.</summary>
    /// <param name="center">One double an input column.</param>
    /// <param name="matrix">W, row-major: one row an output.</param>
    /// <param name="outputs">The number of outputs.</param>
    public AffineMap(ReadOnlySpan<double> center, ReadOnlySpan<double> matrix, int outputs)
    {
        InputColumns = center.Length;
        Outputs = outputs;
        InputStride = Blocks.RoundUp(InputColumns, 8);
        Stride = Blocks.RoundUp(Math.Max(outputs, 1), Chunk);
        Center = center.ToArray();
        Weights = new double[(long)InputColumns * Stride];
        Limits = new int[Stride / Chunk];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < InputColumns; j++)
            {
                double weight = matrix[(i * InputColumns) + j];
                Weights[(j * Stride) + i] = weight;
                if (weight != 0)
                    Limits[i / Chunk] = Math.Max(Limits[i / Chunk], j + 1);
            }
        }
    }

    public int InputColumns { get; }

    public int Outputs { get; }

    /// <summary>Doubles a centered row.</summary>
    public int InputStride { get; }

    /// <summary>Doubles an image.</summary>
    public int Stride { get; }

    public double[] Center { get; }

    /// <summary>W transposed: <see cref="Stride"/> weights an input column.</summary>
    public double[] Weights { get; }

    /// <summary>For each <see cref="Chunk"/> of outputs, the inputs up to the last one that counts.</summary>
    public int[] Limits { get; }
}
