using System.Buffers;
using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The base of all fitted detectors: checks rows, carries them through the transform, and spreads them over threads.</summary>
/// <remarks>
/// A derived detector gives the scores of transformed rows (<see cref="ScoreTransformed"/>), a copy of itself in another frame
/// (<see cref="WithFrame"/>) and its model's arrays (<see cref="WriteModel"/>). It must be immutable, and a row's score must not depend on
/// the rows beside it.
/// </remarks>
public abstract class AnomalyDetector : IAnomalyDetector
{
    /// <summary>Sets the frame.</summary>
    /// <param name="frame">Columns, transform and threshold.</param>
    protected AnomalyDetector(DetectorFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Frame = frame;
    }

    /// <inheritdoc/>
    public abstract DetectorInfo Info { get; }

    /// <inheritdoc/>
    public FeatureSchema Schema => Frame.Schema;

    /// <summary>The fitted scaling between the columns and the model.</summary>
    public FeatureTransform Transform => Frame.Transform;

    /// <inheritdoc/>
    public double Threshold => Frame.Threshold;

    /// <inheritdoc/>
    public string ThresholdOrigin => Frame.ThresholdOrigin;

    /// <inheritdoc/>
    public ScoreCalibrator? Calibrator => Frame.Calibrator;

    /// <summary>Columns, transform, threshold and calibration.</summary>
    public DetectorFrame Frame { get; }

    /// <summary>The most rows that are handed to <see cref="ScoreRows"/> at once: enough to amortise a call, few enough for less than 100 ms.</summary>
    protected virtual int BlockRows => 4096;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int columns = Schema.ColumnCount;
        if (rows.Length != (long)scores.Length * columns)
        {
            throw new ArgumentException(
                $"{rows.Length} cells were given for {scores.Length} scores; with {columns} columns that takes {(long)scores.Length * columns} cells. "
                + $"Give whole rows of the columns that the detector was fitted on: {Schema}.",
                nameof(rows));
        }

        if (rows.Overlaps(scores))
            throw new ArgumentException("The scores overlap the rows: they would change rows that are yet to be scored.", nameof(scores));

        int block = BlockRows;
        for (int start = 0; start < scores.Length; start += block)
        {
            int count = Math.Min(block, scores.Length - start);
            ScoreChecked(rows.Slice(start * columns, count * columns), scores.Slice(start, count), start);
        }
    }

    /// <inheritdoc/>
    public unsafe void Score(
        FeatureMatrix data, Span<float> scores, ScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        RowChecks.ThrowIfOtherColumns(Schema, data.Schema, nameof(data));
        if (scores.Length != data.RowCount)
            throw new ArgumentException($"Room for {scores.Length} scores; the data has {data.RowCount} rows.", nameof(scores));
        cancellationToken.ThrowIfCancellationRequested();

        var rebase = SchemaRebase.Between(data.Schema, Schema);
        int blockRows = BlockRows;
        int blocks = Blocks.Count(data.RowCount, blockRows);
        var progress = new MonotoneProgress<double>(options?.Progress);
        int done = 0;
        fixed (float* pinned = scores)
        {
            // A span cannot be captured; the address can, and the array stays pinned until every block is done.
            nint address = (nint)pinned;
            ParallelBlocks.For(
                blocks,
                options?.MaxDegreeOfParallelism ?? -1,
                block =>
                {
                    int start = block * blockRows;
                    int count = Math.Min(blockRows, data.RowCount - start);
                    ScoreBlock(data, start, new Span<float>((float*)address + start, count), rebase);
                    double share = (double)Interlocked.Increment(ref done) / blocks;
                    progress.Report(share, share);
                },
                cancellationToken);
        }

        progress.Report(1, 1);
    }

    /// <inheritdoc/>
    IAnomalyDetector IAnomalyDetector.WithThreshold(double threshold) => WithThreshold(threshold);

    /// <summary>The same detector with another threshold, without refitting.</summary>
    /// <param name="threshold">Any number but NaN; ±∞ flag nothing and everything.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
    public virtual AnomalyDetector WithThreshold(double threshold)
    {
        if (double.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be a number.");
        return WithFrame(Frame with
        {
            Threshold = threshold,
            ThresholdOrigin = string.Create(CultureInfo.InvariantCulture, $"fixed {threshold:R}"),
        });
    }

    /// <summary>The same detector with a threshold found by a rule over scores, without refitting.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come, for instance of the training rows.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    public AnomalyDetector WithThreshold(ThresholdRule rule, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(rule);
        double threshold = rule.Resolve(scores);
        if (double.IsNaN(threshold))
            throw new ArgumentException($"The rule '{rule}' gave NaN; a threshold must be a number.", nameof(rule));
        return WithFrame(Frame with { Threshold = threshold, ThresholdOrigin = rule.ToString() });
    }

    /// <summary>The same detector with a calibration fitted on scores, without refitting.</summary>
    /// <param name="calibration">The recipe; <see cref="ScoreCalibration.None"/> takes the calibration away.</param>
    /// <param name="scores">Scores of rows like those that will come; for conformal p-values, of rows that the detector was not fitted on.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public AnomalyDetector WithCalibration(ScoreCalibration calibration, ReadOnlySpan<float> scores)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return WithFrame(Frame with { Calibrator = calibration.Fit(scores) });
    }

    /// <inheritdoc/>
    public void WriteTo(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        FrameFormat.Write(writer, Info.Kind, Frame);
        WriteModel(writer.Scope("model"));
    }

    /// <summary>Refuses rows with cells that are NaN or infinite, for detectors with further ways in.</summary>
    /// <param name="rows">Row-major cells in the detector's schema.</param>
    /// <param name="firstRow">The number of the first row, for the message.</param>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    protected void ThrowIfNotFinite(ReadOnlySpan<float> rows, long firstRow) => RowChecks.ThrowIfNotFinite(rows, firstRow, Schema);

    /// <summary>Scores rows as the schema has them. The default carries them through the transform to <see cref="ScoreTransformed"/>.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows, all finite.</param>
    /// <param name="scores">Receives one score a row.</param>
    /// <remarks>Override where the transform can be folded into the model.</remarks>
    protected virtual void ScoreRows(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (Transform.IsIdentity)
        {
            // Kernels behind this walk by pointers and trust the count of columns.
            if (rows.Length != (long)scores.Length * Transform.OutputColumns)
                throw new InvalidOperationException($"The transform '{Transform.Kind}' claims to be the identity and has other columns than the data.");
            ScoreTransformed(rows, scores);
            return;
        }

        int cells = scores.Length * Transform.OutputColumns;
        float[] buffer = ArrayPool<float>.Shared.Rent(cells);
        try
        {
            Transform.Apply(rows, buffer.AsSpan(0, cells));
            ScoreTransformed(buffer.AsSpan(0, cells), scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Scores transformed rows on the calling thread, without allocating.</summary>
    /// <param name="rows">Row-major cells of the transform's output columns.</param>
    /// <param name="scores">Receives one score a row.</param>
    protected abstract void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores);

    /// <summary>A copy of this detector in another frame, sharing the model.</summary>
    /// <param name="frame">The new frame; only its threshold and calibration differ from the present one.</param>
    /// <returns>The copy.</returns>
    protected internal abstract AnomalyDetector WithFrame(DetectorFrame frame);

    /// <summary>Writes the model's arrays and values, without the frame.</summary>
    /// <param name="writer">The model's part of the file.</param>
    protected abstract void WriteModel(ModelWriter writer);

    private void ScoreBlock(FeatureMatrix data, int start, Span<float> scores, SchemaRebase? rebase)
    {
        int columns = Schema.ColumnCount;
        while (!scores.IsEmpty)
        {
            var rows = data.ContiguousRows(start, scores.Length);
            int count = rows.Length / columns;
            if (rebase is null)
            {
                ScoreChecked(rows, scores[..count], start);
            }
            else
            {
                float[] buffer = ArrayPool<float>.Shared.Rent(rows.Length);
                rebase.Apply(rows, buffer.AsSpan(0, rows.Length));
                ScoreChecked(buffer.AsSpan(0, rows.Length), scores[..count], start);
                ArrayPool<float>.Shared.Return(buffer);
            }

            scores = scores[count..];
            start += count;
        }
    }

    private void ScoreChecked(ReadOnlySpan<float> rows, Span<float> scores, long firstRow)
    {
        RowChecks.ThrowIfNotFinite(rows, firstRow, Schema);
        ScoreRows(rows, scores);
    }
}
