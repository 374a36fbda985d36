using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Quality;

/// <summary>Removes cells at random, the same ones as a NumPy script that draws <c>RandomState(seed).random_sample()</c> cell by cell.</summary>
internal sealed class CellRemoval
{
    private readonly MersenneTwister _generator;
    private readonly double _fraction;

    /// <param name="seed">The seed. A larger fraction removes the same cells and more.</param>
    /// <param name="fraction">The fraction of the cells to remove.</param>
    public CellRemoval(uint seed, double fraction)
    {
        _generator = new MersenneTwister(seed);
        _fraction = fraction;
    }

    /// <summary>A copy with missing cells; every column may have some.</summary>
    public FeatureMatrix Remove(FeatureMatrix data)
    {
        var cells = new float[checked(data.RowCount * data.ColumnCount)];
        for (int row = 0; row < data.RowCount; row++)
            data.Cells(row).CopyTo(cells.AsSpan(row * data.ColumnCount));
        for (int i = 0; i < cells.Length; i++)
        {
            if (NextDouble() < _fraction)
                cells[i] = float.NaN;
        }

        return FeatureMatrix.Wrap(cells, data.Schema.WithMissing(data.Schema.ColumnNames), data.Labels);
    }

    private double NextDouble()
    {
        uint high = _generator.NextUInt32() >> 5;
        uint low = _generator.NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }
}
