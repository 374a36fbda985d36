using System.Buffers;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>What an algorithm has learned: takes rows to scores and writes itself. It knows neither threshold nor calibration: those are the detector's.</summary>
/// <remarks>
/// A derived model gives the scores of transformed rows (<see cref="ScoreTransformed"/>) and its arrays (<see cref="WriteTo"/>). It must be immutable and safe for any number of
/// threads, and the score of a row must not depend on the rows beside it.
/// </remarks>
public abstract class DetectorModel
{
    internal const int DefaultBlockRows = 4096;

    /// <summary>Keeps the transform.</summary>
    /// <param name="transform">The fitted scaling between the columns and the model.</param>
    protected DetectorModel(FeatureTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        Transform = transform;
    }

    /// <summary>The fitted scaling between the columns and the model.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>What kind of detector this is and what its score means.</summary>
    public abstract DetectorInfo Info { get; }

    /// <summary>Whether rows may have missing cells (NaN).</summary>
    /// <value>False unless the model says otherwise; a file of such a model that allows missing cells is refused.</value>
    public virtual bool AcceptsMissing => false;

    /// <summary>Whether columns may be categories.</summary>
    /// <value>False unless the model says otherwise; a file of such a model with categories is refused.</value>
    public virtual bool AcceptsCategories => false;

    /// <summary>The most rows that are handed to <see cref="ScoreRows"/> at once: enough to amortise a call, few enough to take less than 100 ms.</summary>
    /// <value>At least 1; 4,096 by default.</value>
    public virtual int BlockRows => DefaultBlockRows;

    /// <summary>Scores rows as the schema has them. The default carries them through the transform to <see cref="ScoreTransformed"/>.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <remarks>Override where the transform can be folded into the model.</remarks>
    protected internal virtual void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        if (Transform.IsIdentity)
        {
            // Kernels behind this walk by pointers and trust the count of columns.
            if (rows.ColumnCount != Transform.OutputColumns)
                throw new InvalidOperationException($"The transform '{Transform.Kind}' claims to be the identity, but its columns differ from those of the data.");
            ScoreTransformed(rows.Cells, scores);
            return;
        }

        int cells = scores.Length * Transform.OutputColumns;
        float[] buffer = ArrayPool<float>.Shared.Rent(cells);
        try
        {
            Transform.Apply(rows.Cells, buffer.AsSpan(0, cells));
            ScoreTransformed(buffer.AsSpan(0, cells), scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Scores transformed rows on the calling thread, without allocating.</summary>
    /// <param name="rows">Row-major cells of the transform's output columns.</param>
    /// <param name="scores">Receives one score per row.</param>
    protected abstract void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores);

    /// <summary>The model's own way of saying which columns made a score. The default has none.</summary>
    /// <param name="schema">The columns of the rows, before the transform.</param>
    /// <param name="options">Groups of columns and background rows.</param>
    /// <returns>An attributor of rows before the transform; null where the model has no way of its own for these options.</returns>
    protected internal virtual RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) => null;

    /// <summary>Writes the arrays and values of the model.</summary>
    /// <param name="writer">The model's part of the file.</param>
    protected internal abstract void WriteTo(ModelWriter writer);
}
