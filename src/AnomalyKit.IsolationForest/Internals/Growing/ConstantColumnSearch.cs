using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest;

/// <summary>Finds the columns that hold one value in every training row in which they are not missing.</summary>
/// <remarks>Candidates are those of the rows seen so far. Data without constant columns has none left after a few rows, so it pays nothing.</remarks>
internal sealed class ConstantColumnSearch
{
    private const int BlockRows = 16384;
    private const int StepRows = 64;

    private readonly FeatureMatrix _data;
    private readonly FeatureTransform? _transform;
    private readonly float[] _reference;
    private readonly bool _allowsMissing;

    private ConstantColumnSearch(TrainingSet training, CancellationToken cancellationToken)
    {
        _data = training.Raw;
        // Rows are scored as they come where the scaling can be folded into the thresholds.
        _transform = training.Transform.IsIdentity || training.Transform is ColumnScaling ? null : training.Transform;
        _reference = Step(0, 1, []).ToArray();
        _allowsMissing = _data.Schema.AllowsMissing;
        if (_allowsMissing)
            FindFirstKnown(cancellationToken);
    }

    /// <summary>The constant columns, or null where there are none.</summary>
    public static ConstantColumns? Find(TrainingSet training, FitContext context)
    {
        var search = new ConstantColumnSearch(training, context.CancellationToken);
        int rows = training.Raw.RowCount;
        // A column without any known cell has no value to depart from.
        int[] first = search.Filter([.. Enumerable.Range(0, search._reference.Length).Where(column => !float.IsNaN(search._reference[column]))], 0, Math.Min(rows, BlockRows), context.CancellationToken);
        if (first.Length == 0)
            return null;

        int blocks = Blocks.Count(rows, BlockRows) - 1;
        var left = new int[blocks][];
        context.ForBlocks("looking for constant columns", blocks, block =>
        {
            int begin = (block + 1) * BlockRows;
            left[block] = search.Filter(first, begin, (int)Math.Min(rows, begin + (long)BlockRows), context.CancellationToken);
        });
        foreach (int[] block in left)
            first = [.. first.Intersect(block)];
        return first.Length > 0 ? new ConstantColumns(first, [.. first.Select(column => search._reference[column])]) : null;
    }

    /// <summary>Those of the candidates that equal the first row's in a run of rows.</summary>
    private int[] Filter(int[] candidates, int begin, int end, CancellationToken cancellationToken)
    {
        int[] left = [.. candidates];
        int count = left.Length;
        float[] buffer = _transform is null ? [] : new float[StepRows * _reference.Length];
        for (int row = begin; row < end && count > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = Step(row, Math.Min(StepRows, end - row), buffer);
            for (int at = 0; at < cells.Length && count > 0; at += _reference.Length, row++)
                count = Compact(left.AsSpan(0, count), cells.Slice(at, _reference.Length));
        }

        return left[..count];
    }

    private int Compact(Span<int> candidates, ReadOnlySpan<float> row)
    {
        int count = 0;
        if (_allowsMissing)
        {
            foreach (int column in candidates)
            {
                candidates[count] = column;
                count += row[column] == _reference[column] || float.IsNaN(row[column]) ? 1 : 0;
            }

            return count;
        }

        foreach (int column in candidates)
        {
            candidates[count] = column;
            count += row[column] == _reference[column] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Each column's first known cell; NaN stays where there is none.</summary>
    private void FindFirstKnown(CancellationToken cancellationToken)
    {
        int[] unknown = [.. Enumerable.Range(0, _reference.Length).Where(column => float.IsNaN(_reference[column]))];
        int count = unknown.Length;
        for (int row = 1; row < _data.RowCount && count > 0; row++)
        {
            if (row % BlockRows == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var cells = _data.Cells(row);
            int left = 0;
            foreach (int column in unknown.AsSpan(0, count))
            {
                _reference[column] = cells[column];
                unknown[left] = column;
                left += float.IsNaN(cells[column]) ? 1 : 0;
            }

            count = left;
        }
    }

    /// <summary>At least one row as it will be scored.</summary>
    private ReadOnlySpan<float> Step(int row, int most, float[] buffer)
    {
        var cells = _data.ContiguousCells(row, most);
        if (_transform is null)
            return cells;
        int length = cells.Length / _data.ColumnCount * _transform.OutputColumns;
        if (buffer.Length < length)
            buffer = new float[length];
        _transform.Apply(cells, buffer.AsSpan(0, length));
        return buffer.AsSpan(0, length);
    }
}
