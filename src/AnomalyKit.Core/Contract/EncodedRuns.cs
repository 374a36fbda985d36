using System.Buffers;

namespace AnomalyKit;

/// <summary>Hands out the rows of a matrix as rows in a detector's encoding, in runs that lie together.</summary>
/// <param name="data">The rows.</param>
/// <param name="schema">The detector's schema, of as many columns.</param>
/// <param name="areChecked">Whether the cells were checked before and are in that schema.</param>
internal sealed class EncodedRuns(FeatureMatrix data, FeatureSchema schema, bool areChecked = false)
{
    private readonly SchemaRebase? _rebase = areChecked ? null : SchemaRebase.Between(data.Schema, schema);

    /// <param name="rows">Rows that lie together.</param>
    /// <param name="start">The first of them in the matrix.</param>
    public delegate void Run(EncodedRows rows, int start);

    /// <summary>Hands out some rows, in order.</summary>
    public void ForEach(int start, int count, Run action)
    {
        int columns = schema.ColumnCount;
        while (count > 0)
        {
            var cells = data.ContiguousCells(start, count);
            int taken = cells.Length / columns;
            if (_rebase is null)
            {
                action(areChecked ? EncodedRows.Trusted(cells, columns) : EncodedRows.Check(cells, schema, start), start);
            }
            else
            {
                float[] buffer = ArrayPool<float>.Shared.Rent(cells.Length);
                var rebased = buffer.AsSpan(0, cells.Length);
                _rebase.Apply(cells, rebased);
                action(EncodedRows.Check(rebased, schema, start), start);
                ArrayPool<float>.Shared.Return(buffer);
            }

            start += taken;
            count -= taken;
        }
    }
}
