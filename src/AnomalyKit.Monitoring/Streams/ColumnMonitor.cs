using System.Globalization;
using AnomalyKit.Monitoring.Martingales;
using AnomalyKit.Monitoring.Reference;
using AnomalyKit.Monitoring.State;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Watches every column of rows against a fixed reference by one test martingale per column, and all of them together by their mean.</summary>
/// <remarks>
/// <para>
/// <b>Guarantee.</b> If the reference rows and the rows of the stream are independent and of one distribution, the probability that drift is <i>ever</i> detected is at most <see cref="FalseDetectionProbability"/>, whatever the distribution
/// and however the columns depend on each other: the mean of supermartingales is one. The probability that any single column is ever named by <see cref="DetectedAt"/> is at most that, too, because a column is named when its capital exceeds what all together must
/// reach, times their number. The correction for the reference sample is that of <see cref="ReferenceMonitor"/>, with its part of the probability divided by the number of columns.
/// </para>
/// <para>
/// Use it beside a monitor of the scores: a change in one of many columns moves scores little. A missing cell (NaN) leaves the capital of its column as it is, so changes of the share of missing cells are not noticed here. Detects once.
/// <see cref="DriftMonitor.Statistic"/> is the natural logarithm of the mean capital. Memory: about 45 KB per column with the default strategy.
/// </para>
/// </remarks>
public sealed class ColumnMonitor : DriftMonitor
{
    internal const string KindName = "column-martingales";

    private const int BlockRows = 256;

    private readonly string[] _names;
    private readonly ReferenceSample[] _references;
    private readonly ReferenceBets[] _bets;
    private readonly Wealth[] _wealth;
    private readonly long[] _detectedAt;
    private readonly double[] _sums = new double[BlockRows];
    private readonly double[] _capitals = new double[BlockRows];
    private readonly double _limit;
    private readonly double _linearLimit;

    /// <summary>Starts a monitor.</summary>
    /// <param name="reference">Rows as they were before, at least two; columns in which fewer than two cells are known are refused.</param>
    /// <param name="strategy">How to bet; <see cref="BettingStrategy.ChangePoint"/> by default.</param>
    /// <param name="falseDetectionProbability">α, above 0 and below 1; 0.01 by default.</param>
    /// <exception cref="ArgumentException">A column has fewer than two known cells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public ColumnMonitor(FeatureMatrix reference, BettingStrategy? strategy = null, double falseDetectionProbability = 0.01)
        : this([.. reference.Schema.ColumnNames], ColumnSamples.Of(reference), strategy, falseDetectionProbability)
    {
    }

    private ColumnMonitor(string[] names, ReferenceSample[] references, BettingStrategy? strategy, double falseDetectionProbability)
    {
        Levels.ThrowIfNoProbability(falseDetectionProbability);
        _names = names;
        _references = references;
        Strategy = strategy ?? BettingStrategy.ChangePoint();
        FalseDetectionProbability = falseDetectionProbability;
        double share = Levels.ReferenceShare(falseDetectionProbability) / names.Length;
        _bets = Array.ConvertAll(references, sample => new ReferenceBets(sample, Strategy.Bets, share));
        _wealth = Array.ConvertAll(references, _ => Strategy.Start());
        _detectedAt = new long[names.Length];
        _limit = Levels.LogLimit(falseDetectionProbability);
        _linearLimit = Math.Exp(_limit) * names.Length;
    }

    /// <summary>The columns, in the order of the cells of a row.</summary>
    public IReadOnlyList<string> ColumnNames => _names;

    /// <summary>How it bets.</summary>
    public BettingStrategy Strategy { get; }

    /// <summary>α: the probability, at most, that drift is ever detected in a stream without any.</summary>
    public double FalseDetectionProbability { get; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DetectionMode Detects => DetectionMode.Once;

    /// <inheritdoc/>
    public override double Statistic
    {
        get
        {
            double greatest = double.NegativeInfinity;
            foreach (var wealth in _wealth)
                greatest = Math.Max(greatest, wealth.LogCapital);
            if (double.IsNegativeInfinity(greatest))
                return greatest;
            double sum = 0;
            foreach (var wealth in _wealth)
                sum += Math.Exp(wealth.LogCapital - greatest);
            return greatest + Math.Log(sum / _wealth.Length);
        }
    }

    /// <inheritdoc/>
    public override double Limit => _limit;

    /// <summary>The natural logarithm of the capital of a column.</summary>
    /// <param name="column">The column's position.</param>
    /// <returns>The greater, the stronger the evidence that this column has changed.</returns>
    public double LogCapital(int column) => _wealth[column].LogCapital;

    /// <summary>The row, counted from 1, at which a column by itself showed drift, with the guarantee over all columns; <see langword="null"/> where it did not.</summary>
    /// <param name="column">The column's position.</param>
    /// <returns>The row, or null. The mean of all columns may detect a changed column slightly earlier or later than this.</returns>
    public long? DetectedAt(int column) => _detectedAt[column] == 0 ? null : _detectedAt[column];

    /// <summary>Watches the next row.</summary>
    /// <param name="row">A value for each column; NaN where it is missing.</param>
    /// <returns>Whether drift was detected by this row.</returns>
    /// <exception cref="ArgumentException">The row has another number of values; nothing was changed.</exception>
    public bool Update(ReadOnlySpan<double> row)
    {
        if (row.Length != _names.Length)
            throw new ArgumentException($"Row {Count} has {row.Length} values; the monitor watches {_names.Length} columns. Give one value per column.", nameof(row));
        if (!IsEnabled)
            return false;
        Watch(row, 1);
        return Counted(_sums[0]);
    }

    /// <summary>Watches the next rows, in order: the same as watching them one by one.</summary>
    /// <param name="rows">Rows with the columns of the reference, by name and order.</param>
    /// <returns>How often drift was detected: 0 or 1.</returns>
    /// <exception cref="ArgumentException">The rows have other columns; nothing was changed.</exception>
    public int UpdateAll(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!rows.Schema.ColumnNames.SequenceEqual(_names))
        {
            throw new ArgumentException(
                $"The rows have the columns {rows.Schema}; the monitor watches {string.Join(", ", _names)}. Select these columns in this order.", nameof(rows));
        }

        if (!IsEnabled)
            return 0;
        int detections = 0;
        var columns = new double[BlockRows * _names.Length];
        for (int start = 0; start < rows.RowCount; start += BlockRows)
        {
            int count = Math.Min(BlockRows, rows.RowCount - start);
            Transpose(rows, start, count, columns);
            Watch(columns, count);
            for (int row = 0; row < count; row++)
            {
                if (Counted(_sums[row]))
                    detections++;
            }
        }

        return detections;
    }

    internal static ColumnMonitor Read(ModelReader reader, string subject)
    {
        // Every column brings arrays of its own: the file vouches for their number.
        var references = new List<ReferenceSample>();
        var names = new List<string>();
        while (reader.TryGetString($"column-{references.Count}", out string? name))
        {
            references.Add(ReferenceSample.Read(reader.Scope($"reference-{references.Count}")));
            names.Add(name);
        }

        if (names.Count == 0)
            throw MonitorState.Error("it has no columns");
        var monitor = new ColumnMonitor([.. names], [.. references], BettingStrategy.Read(reader.Scope("strategy")), reader.GetDouble("alpha")) { Subject = subject };
        monitor.ReadCounters(reader);
        long[] detectedAt = reader.GetInt64s("detected-at", names.Count);
        for (int column = 0; column < names.Count; column++)
        {
            if (detectedAt[column] < 0 || detectedAt[column] > monitor.Count)
                throw MonitorState.Error(string.Create(CultureInfo.InvariantCulture, $"column '{names[column]}' was detected at row {detectedAt[column]} of {monitor.Count}"));
            if (!monitor._wealth[column].TryLoad(MonitorState.GetBits(reader, $"capital-{column}")))
                throw MonitorState.Error($"the capital of column '{names[column]}' does not fit its betting strategy");
        }

        detectedAt.CopyTo(monitor._detectedAt, 0);
        return monitor;
    }

    /// <summary>Copies rows so that the values of a column lie side by side.</summary>
    private static void Transpose(FeatureMatrix rows, int start, int count, Span<double> columns)
    {
        var offsets = rows.Schema.ColumnOffsets;
        for (int row = 0; row < count; row++)
        {
            var cells = rows.Cells(start + row);
            for (int column = 0; column < cells.Length; column++)
                columns[(column * count) + row] = cells[column] + offsets[column];
        }
    }

    /// <summary>Takes rows in, column by column, so that what a column needs stays close to the processor.</summary>
    private void Watch(ReadOnlySpan<double> columns, int count)
    {
        var sums = _sums.AsSpan(0, count);
        var capitals = _capitals.AsSpan(0, count);
        sums.Clear();
        for (int column = 0; column < _names.Length; column++)
        {
            _wealth[column].ApplyAll(columns.Slice(column * count, count), _bets[column], Count, capitals);
            for (int row = 0; row < sums.Length; row++)
            {
                double capital = capitals[row];
                sums[row] += capital;
                if (capital >= _linearLimit && _detectedAt[column] == 0)
                    _detectedAt[column] = Count + row + 1;
            }
        }
    }

    private bool Counted(double sum)
    {
        Count++;
        return Counted(sum >= _linearLimit);
    }

    private protected override void Restart()
    {
        for (int column = 0; column < _wealth.Length; column++)
            _wealth[column] = Strategy.Start();
        Array.Clear(_detectedAt);
    }

    private protected override void WriteState(ModelWriter writer)
    {
        for (int column = 0; column < _names.Length; column++)
        {
            writer.Set($"column-{column}", _names[column]);
            _references[column].WriteTo(writer.Scope($"reference-{column}"));
            MonitorState.SetBits(writer, $"capital-{column}", _wealth[column].Save());
        }

        writer.Add<long>("detected-at", _detectedAt.ToArray());
        Strategy.WriteTo(writer.Scope("strategy"));
        writer.Set("alpha", FalseDetectionProbability);
    }
}
